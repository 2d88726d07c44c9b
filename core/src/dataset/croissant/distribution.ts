import type { FileEntry } from '../entry.ts';
import { addressOf, encoded, literal } from './address.ts';
import type { ClassFolder } from './classes.ts';
import { anyMedia, extensionOf, mediaOf } from './media.ts';
import { mostFiles, type Survey } from './survey.ts';

/** Which version is described. */
export interface Described {
  name: string;
  version: number;
  /** `sha256:HEX` */
  digest: string;
  bytes: number;
}

const wholeId = 'version';
/** Each set of pictures has one of its own: mlcroissant 1.1 reads no two sets out of one folder. */
const classWholeId = (folder: string) => `${wholeId}/${placeId(folder)}`;
const placeId = (folder: string) => encoded(folder === '' ? 'all' : folder);
export const fileId = (path: string) => `files/${encoded(path)}`;
export const classSetId = (folder: string) => `sets/${placeId(folder)}/classes`;

/** Sets of files that are told apart by folder; beyond, by extension alone. */
const mostSets = 100;

/** What a version consists of: every file of a small one; of a large one what stands out, and sets of files. */
export function distributionOf(
  described: Described,
  survey: Survey,
  classes: readonly ClassFolder[],
): object[] {
  const small = survey.files <= mostFiles;
  const files = small ? survey.some : survey.notable;
  const groups = small ? [] : groupSets(survey);
  const within = groups.length > 0 || files.some(({ sha256 }) => sha256 === null);
  return [
    ...(within ? [wholeVersion(described, wholeId)] : []),
    ...files.map((file) => fileObject(described, file)),
    ...groups,
    ...classes.flatMap((each) => [wholeVersion(described, classWholeId(each.folder)), classSet(each)]),
  ];
}

/** What the sets are contained in. Its hash is that of the manifest, which names each file's. */
function wholeVersion({ name, version, digest, bytes }: Described, id: string): object {
  return {
    '@type': 'cr:FileObject',
    '@id': id,
    name: `${name}@v${version}`,
    description: `The folder that \`forebay mount ${name}@v${version}\` gives; the hash is the digest of the version.`,
    contentUrl: addressOf(name, version),
    contentSize: `${bytes} B`,
    encodingFormat: 'inode/directory',
    sha256: digest.replace('sha256:', ''),
  };
}

function fileObject({ name, version }: Described, { path, size, sha256 }: FileEntry): object {
  return {
    '@type': 'cr:FileObject',
    '@id': fileId(path),
    name: path,
    contentSize: `${size} B`,
    encodingFormat: mediaOf(extensionOf(path)),
    // An imported file that nobody read yet has no hash, which a file by itself must have.
    ...(sha256 === null
      ? { contentUrl: path, containedIn: { '@id': wholeId } }
      : { contentUrl: addressOf(name, version, path), sha256 }),
  };
}

function groupSets({ groups }: Survey): object[] {
  const byFolder = [...groups].flatMap(([folder, extensions]) =>
    folder === '' ? [] : [...extensions.keys()].map((extension) => ({ folder, extension })),
  );
  const extensions = new Set([...groups.values()].flatMap((each) => [...each.keys()]));
  const byExtension = [...extensions].map((extension) => ({ folder: '', extension }));
  const chosen = byFolder.length <= mostSets ? byFolder : byExtension.slice(0, mostSets);
  return chosen.map(({ folder, extension }) => fileSet(folder, extension));
}

function fileSet(folder: string, extension: string): object {
  const below = folder === '' ? '' : `${literal(folder)}/`;
  const end = extension === '' ? '*' : `*.${extension}`;
  return {
    '@type': 'cr:FileSet',
    '@id': `sets/${placeId(folder)}/${extension || 'any'}`,
    name: `${folder === '' ? '' : `${folder}/`}${end}`,
    containedIn: { '@id': wholeId },
    encodingFormat: extension === '' ? anyMedia : mediaOf(extension),
    // Readers differ on whether '*' goes on into folders: both mean all of them.
    includes: [`${below}${end}`, `${below}**/${end}`],
  };
}

function classSet({ folder, extensions }: ClassFolder): object {
  const below = folder === '' ? '' : `${literal(folder)}/`;
  return {
    '@type': 'cr:FileSet',
    '@id': classSetId(folder),
    name: folder === '' ? 'pictures by class' : `${folder}, pictures by class`,
    containedIn: { '@id': classWholeId(folder) },
    encodingFormat: [...new Set(extensions.map(mediaOf))],
    includes: extensions.map((extension) => `${below}*/*.${extension}`),
  };
}
