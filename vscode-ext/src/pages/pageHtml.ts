import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** A page that runs our script alone, and whose style and pictures come from the extension alone. */
export function pageHtml(webview: Webview, extension: Uri): string {
  const address = (name: string) => webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'page', name));
  const nonce = randomBytes(16).toString('hex');
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('main.css')}">
<title>Forebay</title>
</head>
<body>
<div id="root" class="fb-root"></div>
<script nonce="${nonce}" src="${address('main.js')}"></script>
</body>
</html>`;
}
