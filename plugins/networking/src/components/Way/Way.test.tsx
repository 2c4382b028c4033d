import { screen } from '@testing-library/react';
import { way } from '../../../dev/fake';
import { renderWithTexts } from '../../__testUtils__/renderWithTexts';
import { Way } from './Way';

const LABELS = { namespace: 'shop', name: 'shop', service: 'shop:8080' };
const stops = () =>
  screen.getAllByRole('listitem').map(stop => stop.textContent);

it('names every stop in the order of a request', () => {
  renderWithTexts(<Way stops={way(LABELS)} host="shop.example" />);
  expect(
    screen.getByRole('list', { name: 'Request path to shop.example' }),
  ).toBeInTheDocument();
  expect(stops()).toEqual([
    'ClientOK',
    '192.0.2.20:30443OK',
    'Listener httpsOK',
    'Route shop/shopOK',
    'Service shop:8080OK',
    '2 of 2 readyOK',
  ]);
});

it('says in words where it stops and claims nothing of what lies behind', () => {
  renderWithTexts(
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
    'Service shop:8080Fails hereIt has no such port.',
    '2 of 2 readyUnknown',
  ]);
});

it('does not say that requests stop where only browsers refuse them', () => {
  renderWithTexts(
    <Way
      stops={way(LABELS, { stop: 'listener', state: 'refused' })}
      host="shop.example"
    />,
  );
  expect(stops().slice(2)).toEqual([
    'Listener httpsRefused by browsers',
    'Route shop/shopOK',
    'Service shop:8080OK',
    '2 of 2 readyOK',
  ]);
});

it('does not repeat at a stop what stands beside the way', () => {
  renderWithTexts(
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
  expect(stops()[4]).toBe('Service shop:8080Fails here');
});
