import { SECURITY } from '../../istio/api-groups';
import { certainlyMeant, nearestOf } from '../../support/options/nearest';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';
import { valuesOf } from './values/clauses';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export const unknownMethod = rule({
  code: 'MESH263',
  level: 'warning',
  title: 'policy by a method that no client sends',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec rules to operation'], ['methods', 'notMethods']), made: false },
  ],

  check(model, report) {
    for (const { object, title } of rawPolicies(model)) {
      const unknown = valuesOf(object, 'to', ['methods', 'notMethods']).filter(({ value }) => !isSent(value));
      for (const { value, field } of unknown) {
        const certain = certainlyMeant(value, METHODS);
        const meant = METHODS.find((method) => method === value.toUpperCase()) ?? nearestOf(value, METHODS);
        report({
          on: object,
          field,
          message: `${title} names the method ${value}, which no client sends: methods are compared letter by letter`,
          got: value,
          fix: meant === undefined ? `write methods such as ${METHODS[0]}; gRPC is ${METHODS[2]}` : `write ${meant}`,
          cures: certain === undefined ? [] : [{ field, kind: 'set', was: value, to: certain }],
        });
      }
    }
  },
});

// Methods of other protocols, such as WebDAV, are written in capitals too.
function isSent(method: string): boolean {
  if (method.includes('*') || METHODS.includes(method)) return true;
  return /^[A-Z][A-Z-]*$/.test(method) && nearestOf(method, METHODS) === undefined;
}
