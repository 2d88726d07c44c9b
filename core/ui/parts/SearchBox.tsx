import { GlyphButton } from './GlyphButton.tsx';
import { Icon } from './Icon.tsx';

export function SearchBox({ value, onChange, label, placeholder = label, problem }: SearchBoxProps) {
  return (
    <div className={`fb-search${problem ? ' fb-search-wrong' : ''}`}>
      <Icon name="search" className="fb-dim" />
      <input
        type="text"
        value={value}
        spellCheck={false}
        aria-label={label}
        aria-invalid={problem !== undefined}
        title={problem}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          }
        }}
      />
      {value !== '' && <GlyphButton icon="close" label="Clear" onClick={() => onChange('')} />}
    </div>
  );
}

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  /** What is wrong with it. */
  problem?: string | undefined;
}
