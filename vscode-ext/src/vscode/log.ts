import { window } from 'vscode';

export const log = window.createOutputChannel('Forebay', { log: true });
