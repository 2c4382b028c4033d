import { render, screen } from '@testing-library/react';
import { way } from '../../../dev/fake';
import { Way } from './Way';

const LABELS = { namespace: 'shop', name: 'shop', service: 'shop:8080' };
const stops = () =>
  screen.getAllByRole('listitem').map(stop => stop.textContent);

it('names every stop in the order of a request', () => {
  render(<Way stops={way(LABELS)} host="shop.example" />);
  expect(
    screen.getByRole('list', { name: 'Way of a request to shop.example' }),
  ).toBeInTheDocument();
  expect(stops()).toEqual([
    'youPassed',
    '192.0.2.20:30443Passed',
    'listener httpsPassed',
    'route shop/shopPassed',
    'Service shop:8080Passed',
    '2 of 2 readyPassed',
  ]);
});

it('says in words where it stops and claims nothing of what lies behind', () => {
  render(
    <Way
      stops={way(LABELS, {
        stop: 'service',
        state: 'failing',
        note: 'It has no such port.',
      })}
      host="shop.example"
    />,
  );
  expect(stops().slice(4)).toEqual([
    'Service shop:8080Stops hereIt has no such port.',
    '2 of 2 readyNot known',
  ]);
});

it('does not say that requests stop where only browsers refuse them', () => {
  render(
    <Way
      stops={way(LABELS, { stop: 'listener', state: 'refused' })}
      host="shop.example"
    />,
  );
  expect(stops().slice(2)).toEqual([
    'listener httpsRefused by browsers',
    'route shop/shopPassed',
    'Service shop:8080Passed',
    '2 of 2 readyPassed',
  ]);
});

it('does not repeat at a stop what stands beside the way', () => {
  render(
    <Way
      stops={way(LABELS, {
        stop: 'service',
        state: 'failing',
        note: 'Requests get 500.',
      })}
      host="shop.example"
      said="Requests get 500."
    />,
  );
  expect(stops()[4]).toBe('Service shop:8080Stops here');
});
