/** What a row of a tree shows, as plain data. */
export interface Row {
  /** Stable, unique in its tree. */
  id: string;
  label: string;
  description?: string;
  /** Codicon or glyph of ours; `file` and `folder` follow the icon theme. */
  icon: string;
  /** A colour of the theme; without one, the text's own. */
  color?: string;
  /** Markdown. */
  tooltip?: string;
  /** What a screen reader says. */
  spoken?: string;
  /** What `when` clauses in package.json look at. */
  context: string;
  expandable: boolean;
  /** `forebay:` path of a file, for its icon. */
  resource?: string;
  /** Run by a click, with the node as its argument. */
  command?: string;
}

/** Joins what there is to say, leaving out what is empty. */
export function say(...parts: (string | false | undefined | null)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** Text as Markdown shows it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\r?\n/g, '  \n');
}
