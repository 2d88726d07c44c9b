import { useState } from 'react';
import { SearchBox } from './SearchBox.tsx';

/** More rows than this can be searched. */
const few = 12;

/** Names and what they are, in two columns. */
export function Pairs({
  title,
  pairs,
  empty,
}: {
  title: string;
  pairs: readonly (readonly [string, string])[];
  empty: string;
}) {
  const [words, setWords] = useState('');
  const low = words.toLowerCase();
  const found = pairs.filter(([key, value]) => `${key} ${value}`.toLowerCase().includes(low));
  return (
    <section className="fb-card" aria-label={title}>
      <h3>
        {title} {pairs.length > few && <span className="fb-dim fb-number">{pairs.length}</span>}
      </h3>
      {pairs.length > few && (
        <SearchBox value={words} onChange={setWords} label={`Search ${title.toLowerCase()}`} />
      )}
      {pairs.length === 0 && <p className="fb-dim">{empty}</p>}
      <table className="fb-pairs">
        <tbody>
          {found.map(([key, value]) => (
            <tr key={key}>
              <th scope="row" title={key}>
                {key}
              </th>
              <td title={value}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
