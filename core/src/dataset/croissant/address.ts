/** `forebay://chest-xray@v3/a%20b.png`: what anybody who has Forebay finds it by. */
export function addressOf(name: string, version: number, path = ''): string {
  const place = `forebay://${name}@v${version}`;
  return path === '' ? place : `${place}/${encoded(path)}`;
}

/** A path as part of an identifier in JSON-LD: no colon, space or fragment may mean something there. */
export const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** A path within a glob, where it means itself alone. */
export const literal = (path: string): string => path.replace(/[[*?]/g, '[$&]');
