import { SECURITY } from '../../istio/api-groups';
import { fieldPaths } from '../comparison';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';
import { valuesOf } from './values/clauses';

export const unmatchedPath = rule({
  code: 'MESH284',
  level: 'warning',
  title: 'policy by a path that no request has',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec rules to operation'], ['paths', 'notPaths']), made: false },
  ],

  check(model, report) {
    for (const { object, title } of rawPolicies(model)) {
      const faults = valuesOf(object, 'to', ['paths', 'notPaths']).flatMap(({ value, field }) =>
        faultsOf(value).map((fault) => ({ value, field, fault })),
      );
      for (const { value, field, fault } of faults) {
        report({
          on: object,
          field,
          message: `${title} names the path ${value}, which no request has: ${fault.why}`,
          got: value,
          fix: fault.fix,
        });
      }
    }
  },
});

interface Fault {
  readonly why: string;
  readonly fix: string;
}

function faultsOf(path: string): Fault[] {
  // What is empty or holds braces is compared in another way, or refused by the webhook; other placeholders are a template's.
  if (path === '' || /[{}]/.test(path)) return [];
  const inside = path.slice(1, -1);
  if (inside.includes('*') || (path.length > 1 && path.startsWith('*') && path.endsWith('*'))) {
    return [
      {
        why: 'a star counts at the beginning or at the end alone, and is a letter elsewhere',
        fix: `write {*} for one part between slashes, such as ${templateOf(path)}, or a prefix with a star at its end`,
      },
    ];
  }
  if (path.startsWith('/') || path.startsWith('*')) return [];
  return [{ why: 'paths begin with a slash', fix: `write /${path}` }];
}

function templateOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.map((part) => (part.includes('*') ? '{*}' : part)).join('/')}`;
}
