import { act, renderHook } from '@testing-library/react';
import { useKeptOrder } from './useKeptOrder';

const setUp = (rows: string[]) =>
  renderHook(
    (props: { rows: string[]; scope: string }) =>
      useKeptOrder(props.rows, row => row, props.scope),
    { initialProps: { rows, scope: 'trouble' } },
  );

it('keeps rows where they stand, and says that they would stand otherwise', () => {
  const { result, rerender } = setUp(['a', 'b', 'c']);
  expect(result.current.isOutdated).toBe(false);
  rerender({ rows: ['c', 'a', 'b'], scope: 'trouble' });
  expect(result.current.rows).toEqual(['a', 'b', 'c']);
  expect(result.current.isOutdated).toBe(true);
});

it('orders anew when asked to', () => {
  const { result, rerender } = setUp(['a', 'b', 'c']);
  rerender({ rows: ['c', 'a', 'b'], scope: 'trouble' });
  act(() => result.current.orderAnew());
  expect(result.current.rows).toEqual(['c', 'a', 'b']);
  expect(result.current.isOutdated).toBe(false);
});

it('begins anew with another scope', () => {
  const { result, rerender } = setUp(['a', 'b']);
  rerender({ rows: ['b', 'a'], scope: 'host' });
  expect(result.current.rows).toEqual(['b', 'a']);
});

it('puts what is new last and keeps it there, and closes up over what has gone', () => {
  const { result, rerender } = setUp(['a', 'b', 'c']);
  rerender({ rows: ['new', 'a', 'c'], scope: 'trouble' });
  expect(result.current.rows).toEqual(['a', 'c', 'new']);
  rerender({ rows: ['newer', 'new', 'a', 'c'], scope: 'trouble' });
  expect(result.current.rows).toEqual(['a', 'c', 'new', 'newer']);
});
