/** The way to a folder, each step of which is a way back. */
export function Breadcrumb({
  top,
  folder,
  onGo,
}: {
  top: string;
  folder: string;
  onGo: (to: string) => void;
}) {
  const names = folder === '' ? [] : folder.split('/');
  const steps = [top, ...names].map((name, at) => ({ name, path: names.slice(0, at).join('/') }));
  return (
    <nav className="fb-crumbs" aria-label="Folder">
      <ol>
        {steps.map(({ name, path }, at) => (
          <li key={path}>
            {at > 0 && <span aria-hidden="true">/</span>}
            {at === names.length ? (
              <span aria-current="location" title={name}>
                {name}
              </span>
            ) : (
              <button type="button" className="fb-text-button" title={path || top} onClick={() => onGo(path)}>
                {name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
