import { NETWORKING } from '../../istio/api-groups';
import { SAFE_CONDITIONS, SAFE_METHODS } from '../../model/retry-safety';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../../cluster/objects/fields';
import { rawRoutes } from '../raw-routes';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

export const unsafeRetries = rule({
  code: 'MESH307',
  level: 'warning',
  title: 'retries that may process a request twice',
  compares: [
    {
      kinds: [`${NETWORKING}/VirtualService`],
      fields: fieldPaths(['spec http'], ['retries attempts', 'retries retryOn', 'match method']),
      made: false,
    },
  ],

  check(model, report) {
    for (const { object, title, route } of rawRoutes(model, ['http'])) {
      const unsafe = unsafeConditions(route);
      if (unsafe.length === 0 || isForSafeMethods(route)) continue;
      report({
        on: object,
        message: `${title} repeats requests that may already have been processed, even a POST`,
        got: `retryOn: ${unsafe.join(',')}`,
        fix: `retry on these conditions only ${SAFE_METHODS.join(', ')}, in a route of their own, and other methods only on ${SAFE_CONDITIONS.join(', ')}`,
      });
    }
  },
});

function unsafeConditions(route: Fields): string[] {
  const { attempts, retryOn } = fieldsOf(route.retries);
  if ((numberOf(attempts) ?? 0) <= 0) return [];
  return (textOf(retryOn) ?? '')
    .split(',')
    .map((condition) => condition.trim())
    .filter((condition) => condition !== '' && !SAFE_CONDITIONS.includes(condition));
}

// Matches are alternatives: one that lets other methods in is enough.
function isForSafeMethods({ match }: Fields): boolean {
  const matches = listOf(match);
  return matches.length > 0 && matches.every(({ method }) => methodsOf(fieldsOf(method)).every((each) => SAFE_METHODS.includes(each)));
}

function methodsOf({ exact, prefix, regex }: Fields): string[] {
  const one = textOf(exact) ?? textOf(prefix);
  if (one !== undefined) return [one];
  return (textOf(regex) ?? 'any')
    .replace(/^\^|\$$/g, '')
    .replace(/^\((?:\?:)?(.*)\)$/, '$1')
    .split('|');
}
