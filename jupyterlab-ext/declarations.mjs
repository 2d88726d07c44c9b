// Builds lib/index.d.ts, what other extensions of JupyterLab are compiled against.
import { fileURLToPath } from 'node:url';
import { writeDeclarations } from '../tools/declarations/declarations.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

writeDeclarations(at('src/tokens.ts'), at('lib/index.d.ts'), at('tsconfig.json'));
