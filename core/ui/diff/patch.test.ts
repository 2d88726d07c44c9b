import { expect, test } from 'vitest';
import { readPatch } from './patch.ts';

const patch = `diff --git a/src/train.py b/src/train.py
index 1..2 100644
--- a/src/train.py
+++ b/src/train.py
@@ -1,3 +1,3 @@ def main():
 import os
-lr = 0.1
+lr = 0.2
 --- not a head
diff --git a/new.txt b/new.txt
new file mode 100644
--- /dev/null
+++ b/new.txt
@@ -0,0 +1 @@
+hello
\\ No newline at end of file
diff --git a/old name.py b/new name.py
similarity index 90%
rename from old name.py
rename to new name.py
diff --git "a/\\303\\251.py" "b/\\303\\251.py"
deleted file mode 100644
--- "a/\\303\\251.py"
+++ /dev/null
@@ -1 +0,0 @@
-x
`;

test('a patch is read file by file, with what was added and removed', () => {
  const files = readPatch(patch);
  expect(files.map(({ path, kind, added, removed }) => [path, kind, added, removed])).toEqual([
    ['src/train.py', 'changed', 1, 1],
    ['new.txt', 'added', 1, 0],
    ['new name.py', 'renamed', 0, 0],
    ['é.py', 'removed', 0, 1],
  ]);
  expect(files[0]?.lines.map(({ kind }) => kind)).toEqual(['place', 'same', 'removed', 'added', 'same']);
  expect(files[1]?.lines.at(-1)).toEqual({ kind: 'note', text: '\\ No newline at end of file' });
});

test('nothing is read of nothing', () => {
  expect(readPatch('')).toEqual([]);
});
