import { createRouteRef, type AppNode } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  NavContentNavItem,
  NavContentNavItems,
} from '@backstage/plugin-app-react';
import { screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { Nav } from './Nav';

/** The pages of an app, to be taken as the app's own collection is. */
function pages(...ids: string[]): NavContentNavItems {
  const left = new Map<string, NavContentNavItem>(
    ids.map(id => [
      id,
      {
        node: { spec: { id } } as AppNode,
        href: `/${id.replace('page:', '')}`,
        title: id.replace('page:', ''),
        icon: <svg />,
        routeRef: createRouteRef(),
      },
    ]),
  );
  const take = (id: string) => {
    const item = left.get(id);
    left.delete(id);
    return item;
  };
  const rest = () => [...left.values()];
  return {
    take,
    rest,
    clone: () => pages(...left.keys()),
    withComponent: (Component: ComponentType<NavContentNavItem>) => ({
      take: id => {
        const item = take(id);
        // eslint-disable-next-line no-restricted-syntax -- the type of the app says null
        return item ? <Component key={id} {...item} /> : null;
      },
      rest: () =>
        rest().map(item => <Component key={item.node.spec.id} {...item} />),
    }),
  };
}

const order = () =>
  screen
    .getAllByRole('link')
    .map(link => link.getAttribute('href'))
    .filter(href => href?.startsWith('/'));

it('puts the work first, other pages next, and what is one’s own last', async () => {
  renderInTestApp(
    <Nav
      items={[]}
      navItems={pages(
        'page:user-settings',
        'page:other',
        'page:networking',
        'page:notifications',
        'page:scaffolder',
        'page:catalog',
      )}
    />,
  );
  await screen.findByText('catalog');
  expect(order()).toEqual([
    '/catalog',
    '/scaffolder',
    '/networking',
    '/other',
    '/notifications',
    '/user-settings',
  ]);
});

it('shows no way to a page that this person has not', async () => {
  renderInTestApp(<Nav items={[]} navItems={pages('page:catalog')} />);
  await screen.findByText('catalog');
  expect(order()).toEqual(['/catalog']);
});
