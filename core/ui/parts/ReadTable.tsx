/** What a drawing shows, for those who hear the page; the first cell of a row names it. */
export function ReadTable({ caption, head, rows }: ReadTableProps) {
  return (
    <div className="fb-only-read">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((each, at) => (
              <th key={at} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ReadTableProps {
  caption: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly string[] }[];
}
