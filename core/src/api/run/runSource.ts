import { ForebayError } from '../errors.ts';

/**
 * The path that a person means by a store of runs, as MLFLOW_TRACKING_URI would name it or as a plain path; relative ones stay
 * so. Throws `bad-request` for what isn't on this machine, with what to do instead.
 */
export function parseRunSource(text: string): string {
  // As SQLAlchemy reads them: three slashes and a relative path, four and an absolute one.
  const database = /^sqlite(?:\+\w+)?:\/\/\/(.+)$/i.exec(text)?.[1];
  if (database !== undefined) return database;
  const file = /^file:(?:\/\/(?:localhost)?(?=\/))?(.+)$/i.exec(text)?.[1];
  if (file !== undefined) return decoded(file);
  if (/^https?:/i.test(text)) {
    throw new ForebayError(
      'bad-request',
      `The runs of the server ${text.replace(/\/\/[^/@]*@/, '//')} can't be imported: Forebay reads the files that a server keeps.`,
      "Name its folder (mlruns) or its database (mlflow.db), or a copy of it. To send runs there, use 'forebay runs forward'.",
    );
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw new ForebayError(
      'bad-request',
      `${text.replace(/\/\/[^/@]*@/, '//')} can't be imported: of databases, Forebay reads SQLite alone.`,
      "Name MLflow's folder (mlruns), its SQLite database (mlflow.db), or a folder with TensorBoard's event files.",
    );
  }
  return text;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
