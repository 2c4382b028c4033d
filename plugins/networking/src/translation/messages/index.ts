import { ca } from './ca';
import {
  chain,
  history,
  hostCertificate,
  issuance,
  lastCheck,
  validity,
} from './certificate';
import {
  certificateDetails,
  certificates,
  renew,
  renewal,
} from './certificates';
import {
  cluster,
  common,
  copy,
  failure,
  finding,
  health,
  time,
  verdict,
} from './common';
import { apply, form, picker, plan, removal } from './form';
import { hosts } from './hosts';
import { platform, platformFact, settings, watched } from './platform';
import { card, check, exposure, link, tab, tls, way } from './tab';

/** Every text of the plugin in English, grouped by screen. */
export const messages = {
  apply,
  ca,
  card,
  certificateDetails,
  certificates,
  chain,
  check,
  cluster,
  common,
  copy,
  exposure,
  failure,
  finding,
  form,
  health,
  history,
  hostCertificate,
  hosts,
  issuance,
  lastCheck,
  link,
  picker,
  plan,
  platform,
  platformFact,
  removal,
  renew,
  renewal,
  settings,
  tab,
  time,
  tls,
  validity,
  verdict,
  watched,
  way,
} as const;
