/** The system's name for what went wrong, or '' for what isn't a system error. */
export function errnoOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException | null)?.code ?? '';
}

/** The result, or undefined where the file or folder doesn't exist. */
export async function unlessAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}
