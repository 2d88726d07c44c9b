export interface PatchFile {
  /** As it is now; as it was where it is gone. */
  path: string;
  kind: 'added' | 'removed' | 'renamed' | 'changed';
  added: number;
  removed: number;
  lines: PatchLine[];
}

export interface PatchLine {
  kind: 'same' | 'added' | 'removed' | 'place' | 'note';
  text: string;
}

/** A patch as `git diff` writes it, file by file. */
export function readPatch(patch: string): PatchFile[] {
  const files: PatchFile[] = [];
  let file: PatchFile | undefined;
  let inside = false;
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) {
      file = { path: pathIn(line), kind: 'changed', added: 0, removed: 0, lines: [] };
      files.push(file);
      inside = false;
    } else if (file && !inside && !line.startsWith('@@')) {
      readHead(file, line);
    } else if (file) {
      inside = true;
      const kind = kindOf(line);
      if (kind === 'added') file.added++;
      if (kind === 'removed') file.removed++;
      const text = kind === 'place' || kind === 'note' ? line : line.slice(1);
      file.lines.push({ kind, text });
    }
  }
  // The patch's last line end begins no line.
  for (const each of files)
    if (each.lines.at(-1)?.text === '' && each.lines.at(-1)?.kind === 'same') each.lines.pop();
  return files;
}

function readHead(file: PatchFile, line: string): void {
  if (line.startsWith('new file')) file.kind = 'added';
  else if (line.startsWith('deleted file')) file.kind = 'removed';
  else if (line.startsWith('rename to ')) {
    file.kind = 'renamed';
    file.path = unquote(line.slice('rename to '.length));
  } else if (line.startsWith('+++ ') && line !== '+++ /dev/null') file.path = withoutSide(line.slice(4));
  else if (line.startsWith('Binary files') || line.startsWith('GIT binary patch')) {
    file.lines.push({ kind: 'note', text: 'Not text: only that it differs is shown.' });
  }
}

function kindOf(line: string): PatchLine['kind'] {
  if (line.startsWith('@@')) return 'place';
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return line.startsWith('\\') ? 'note' : 'same';
}

/** `diff --git a/x b/x`: both halves are the same but for their side. */
function pathIn(line: string): string {
  const both = line.slice('diff --git '.length);
  return withoutSide(both.slice(Math.ceil(both.length / 2)));
}

const withoutSide = (path: string) => unquote(path.replace(/\t$/, '')).replace(/^[ab]\//, '');

/** git writes unusual names as C strings. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  const bytes = path
    .slice(1, -1)
    .replaceAll(
      /\\([0-7]{3})/g,
      (_, octal: string) => `%${Number.parseInt(octal, 8).toString(16).padStart(2, '0')}`,
    )
    .replaceAll(/\\(["\\])/g, '$1');
  try {
    return decodeURIComponent(bytes);
  } catch {
    return bytes;
  }
}
