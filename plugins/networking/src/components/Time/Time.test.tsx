import { act, screen } from '@testing-library/react';
import { renderWithTexts } from '../../__testUtils__/renderWithTexts';
import { Moment } from './Moment';
import { Time } from './Time';

const isoAfter = (milliseconds: number) =>
  new Date(Date.now() + milliseconds).toISOString();

it.each([
  ['what is past as its age', -65_000, /^1 minute ago, /],
  ['what a clock ahead of this one says as now', 2_500, /^just now, /],
])('tells %s', (_, milliseconds, text) => {
  const { container } = renderWithTexts(<Time iso={isoAfter(milliseconds)} />);
  expect(container.textContent).toMatch(text);
});

describe('while the clock goes', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 10, 23, 15) }));
  afterEach(() => jest.useRealTimers());

  const ages = () =>
    screen
      .getAllByRole('time')
      .map(
        ({ textContent }) =>
          /\d+ seconds? ago|just now/.exec(textContent!)?.[0],
      );

  it('tells one age of one moment, whenever each of its places came to be', () => {
    const iso = isoAfter(-5_000);
    const page = (isOpen: boolean) => (
      <>
        <Time iso={iso} />
        {isOpen && <Moment iso={iso} />}
      </>
    );
    const { rerender } = renderWithTexts(page(false));
    act(() => jest.advanceTimersByTime(7_000));
    rerender(page(true));
    expect(ages()).toEqual(['12 seconds ago', '12 seconds ago']);
    act(() => jest.advanceTimersByTime(3_000));
    expect(ages()).toEqual(['15 seconds ago', '15 seconds ago']);
  });

  it('does not take what came since the last tick for a time to come', () => {
    const page = (iso: string) => <Moment iso={iso} />;
    const { rerender } = renderWithTexts(page(isoAfter(-1_000)));
    act(() => jest.advanceTimersByTime(7_000));
    rerender(page(isoAfter(-2_000)));
    expect(ages()).toEqual(['just now']);
  });
});
