import type { ReactElement } from 'react';

/** What a dialog says, a paragraph each. */
export const paragraphs = (texts: readonly string[]): ReactElement => (
  <div className="fb-holders">
    {texts.map((text) => (
      <p key={text}>{text}</p>
    ))}
  </div>
);
