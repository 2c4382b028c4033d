import { useNow } from '../../hooks/useNow';
import { Hidden } from '../Hidden';
import { absoluteTime, relativeTime } from '../../lib/time';

/** A time as an age, with the absolute time on hover and for screen readers. */
export function Time(props: { iso: string }) {
  const now = useNow();
  const exact = absoluteTime(props.iso);
  const age = relativeTime(props.iso, now);
  return (
    <time dateTime={props.iso} title={exact}>
      {age ?? exact}
      {age && <Hidden>{`, ${exact}`}</Hidden>}
    </time>
  );
}
