import { installCodeServer } from './codeServer.ts';

await installCodeServer();
