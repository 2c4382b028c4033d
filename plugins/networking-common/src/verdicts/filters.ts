import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import { isService, backendTitle } from './backendKinds';
import { isUsable, mirrorStates } from './backends';
import type { HostInput } from './input';

/** A filter that a gateway may not be able to use, and then answers 500 for. */
export interface DoubtfulFilter {
  /** `Thing.example.com hello`, `Service shop/gone`. */
  title: string;
  /** `spec.rules[0].filters[1]`. */
  field: string;
  /** It is known to be missing. */
  isMissing: boolean;
}

function extensionTitle(reference: unknown): string {
  const { group, kind, name } = isRecord(reference) ? reference : {};
  const [of, what, called] = [group, kind, name].map(textOf);
  return `${what ?? 'an extension'}${of ? `.${of}` : ''}${
    called ? ` ${called}` : ''
  }`;
}

/**
 * The first filter of the rule that was asked, or of any where that is not known, that names something of the controller's own,
 * which is not read here, or a Service for copies of requests that cannot be used. What is known to be missing goes first.
 */
export function doubtfulFilter({
  route,
  snapshot,
  probedRule,
}: Pick<HostInput, 'route' | 'snapshot' | 'probedRule'>):
  | DoubtfulFilter
  | undefined {
  const isAsked = (field: string) =>
    probedRule === undefined || field.startsWith(`spec.rules[${probedRule}].`);
  const mirror = mirrorStates(route, snapshot).find(
    one => isService(one) && !isUsable(one) && isAsked(one.field),
  );
  if (mirror) {
    return {
      title: backendTitle(mirror),
      field: mirror.field,
      isMissing: true,
    };
  }
  return objectsOf(route.spec?.rules)
    .flatMap((rule, ruleIndex) =>
      objectsOf(rule.filters).map((filter, index) => ({
        filter,
        field: `spec.rules[${ruleIndex}].filters[${index}]`,
      })),
    )
    .filter(
      ({ filter, field }) => filter.type === 'ExtensionRef' && isAsked(field),
    )
    .map(({ filter, field }) => ({
      title: extensionTitle(filter.extensionRef),
      field,
      isMissing: false,
    }))[0];
}
