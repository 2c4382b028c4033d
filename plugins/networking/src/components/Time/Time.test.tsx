import { render } from '@testing-library/react';
import { Time } from './Time';

const isoAfter = (milliseconds: number) =>
  new Date(Date.now() + milliseconds).toISOString();

it.each([
  ['what is past as its age', -65_000, /^1 minute ago, /],
  ['what a clock ahead of this one says as now', 2_500, /^just now, /],
])('tells %s', (_, milliseconds, text) => {
  const { container } = render(<Time iso={isoAfter(milliseconds)} />);
  expect(container.textContent).toMatch(text);
});
