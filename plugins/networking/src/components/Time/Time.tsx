import { useNow } from '../../hooks/useNow';
import { Hidden } from '../Hidden';
import { absoluteTime, relativeTime } from '../../lib/time';

/** A time that is past as an age, with the absolute time on hover and for screen readers. */
export function Time(props: { iso: string }) {
  // What has come since the last tick of the clock, or from one that is ahead, is no time to come.
  const now = Math.max(useNow(), Date.parse(props.iso) || 0);
  const exact = absoluteTime(props.iso);
  const age = relativeTime(props.iso, now);
  return (
    <time dateTime={props.iso} title={exact}>
      {age ?? exact}
      {age && <Hidden>{`, ${exact}`}</Hidden>}
    </time>
  );
}
