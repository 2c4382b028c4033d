import { useEffect, useState } from 'react';
import { SearchField } from '@backstage/ui';

/** As long as a person pauses between two keys. */
const TYPING_MS = 300;
/** The API takes no more. */
const MAX_LENGTH = 253;

/** What is typed is handed on once the typing pauses. */
export function PausedSearch(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, placeholder, value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField
      label={label}
      placeholder={placeholder}
      value={text}
      maxLength={MAX_LENGTH}
      onChange={setText}
    />
  );
}
