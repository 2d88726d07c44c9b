/**
 * What a person can do, said alike in both editors: domain, action, and the words of menus and palettes. VS Code's
 * command is `forebay.<domain>.<action>`, JupyterLab's `forebay:<domain>-<action>`. One that asks for more ends in '…'.
 */
export const verbs = {
  dataset: {
    openAll: 'Open all datasets',
    open: 'Open dataset',
    describe: 'Describe dataset…',
    sync: 'Sync folder as new version…',
    pull: 'Pull newer version…',
    import: 'Import from a bucket…',
  },
  version: {
    cache: 'Cache version',
    cacheWith: 'Cache version…',
    clear: 'Clear from cache',
    compare: 'Compare with…',
    lineage: 'Show lineage',
    clone: 'Clone version into folder…',
    openFile: 'Open file',
    fileHistory: 'Show versions of this file…',
    copyPath: 'Copy path',
    copyName: 'Copy name',
    tag: 'Tag version…',
    untag: 'Remove tag…',
    remove: 'Remove version…',
  },
  cache: {
    open: 'Open caches',
    pin: 'Pin',
    unpin: 'Unpin',
    verify: 'Verify cached files',
  },
  notebook: {
    insertMountCode: 'Insert mount code',
    insertCode: 'Insert code…',
  },
  experiment: {
    open: 'Open runs',
    openRun: 'Open run',
    compare: 'Compare runs…',
    openForData: 'Show runs that used it',
    openOutput: 'Show output of run',
    copyRunId: 'Copy id of run',
    star: 'Star run',
    unstar: 'Remove star from run',
    archive: 'Archive run',
    unarchive: 'Take run out of archive',
    delete: 'Delete run',
  },
  app: {
    setUp: 'Set up lake and caches',
    cancelJob: 'Cancel job',
    refresh: 'Refresh datasets and caches',
  },
} as const;

/** What only one editor needs, with the reason. */
export const onlyVsCode = {
  app: {
    start: ['Start daemon', "JupyterLab's server part starts it with the first request"],
    status: ['Show status and jobs', "JupyterLab's side bar and status bar show it all the time"],
    showLog: ['Show log', "what JupyterLab's server part says stands in the server's log"],
  },
  dataset: {
    more: ['Show more', "a row of the tree; JupyterLab's lists go on as they are scrolled"],
    look: ['Look for changes', "a button beside JupyterLab's listing does it"],
    filter: ['Filter datasets…', "JupyterLab's side bar has a field for it"],
    clearFilter: ['Clear filter', "JupyterLab's side bar has a field for it"],
    reveal: ['Show in datasets', "JupyterLab's rows of caches open the version's details"],
  },
  version: {
    problem: ['Show why it failed', 'JupyterLab says it in the details below its tree'],
    toggle: ['Cache or clear version', 'Space in the tree; JupyterLab handles keys in its own tree'],
    openSelected: ['Open page of row', 'Enter in the tree; JupyterLab handles keys in its own tree'],
  },
  experiment: {
    showArchived: ['Show archived runs', "JupyterLab's side bar leads to the page, where this is chosen"],
    hideArchived: ['Hide archived runs', "JupyterLab's side bar leads to the page, where this is chosen"],
    start: ['Start run in terminal…', 'JupyterLab records runs by a magic of the notebook'],
  },
} as const;

export const onlyJupyterLab = {
  app: {
    open: ['Show Forebay side bar', "VS Code makes one itself: 'View: Show Forebay'"],
    openPage: ['Open page', 'how pages come back after a reload; VS Code restores them by their panel'],
    openAddress: ['Open the file that the address names', 'VS Code has no address'],
  },
} as const;

type NamesOf<Table> = { [D in keyof Table & string]: `${D}.${keyof Table[D] & string}` }[keyof Table &
  string];

/** `version.cache`. */
export type Verb = NamesOf<typeof verbs>;
export type VsCodeVerb = Verb | NamesOf<typeof onlyVsCode>;
export type JupyterLabVerb = Verb | NamesOf<typeof onlyJupyterLab>;

type Domains = Record<string, Record<string, string | readonly [string, string]>>;

/** `version.cache` and what it is called, of each. */
function namesOf(table: Domains): [string, string][] {
  return Object.entries(table).flatMap(([domain, actions]) =>
    Object.entries(actions).map(([action, said]): [string, string] => [
      `${domain}.${action}`,
      typeof said === 'string' ? said : said[0],
    ]),
  );
}

export const vsCodeVerbs = new Map(namesOf(verbs).concat(namesOf(onlyVsCode)));
export const jupyterLabVerbs = new Map(namesOf(verbs).concat(namesOf(onlyJupyterLab)));

export function labelOf(verb: VsCodeVerb | JupyterLabVerb): string {
  return vsCodeVerbs.get(verb) ?? jupyterLabVerbs.get(verb) ?? verb;
}

/** `forebay.version.cacheWith` */
export const vsCodeId = <V extends VsCodeVerb>(verb: V): `forebay.${V}` => `forebay.${verb}`;

/** `forebay:version-cache-with` */
export function jupyterLabId(verb: JupyterLabVerb): string {
  const words = verb.replace('.', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `forebay:${words}`;
}
