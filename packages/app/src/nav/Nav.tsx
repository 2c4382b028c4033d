import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { RiMenuLine, RiSettings3Line } from '@remixicon/react';

const Item = ({ href, icon, title }: NavContentNavItem) => (
  <SidebarItem to={href} text={title} icon={() => icon} />
);

/** The sidebar: what one works with first, what concerns oneself at the end. */
export const Nav = ({ navItems }: NavContentComponentProps) => {
  const nav = navItems.withComponent(Item);
  const settings = nav.take('page:user-settings');
  const notifications = nav.take('page:notifications');
  return (
    <Sidebar>
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        <SidebarScrollWrapper>
          {nav.take('page:catalog')}
          {nav.take('page:scaffolder')}
          {nav.take('page:networking')}
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup label="Settings" icon={<RiSettings3Line />} to="/settings">
        {notifications}
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
};
