import { stringify } from 'yaml';
import type { Rule } from '../../../lib/rules/rule';
import { type Attempt, BUYERS, RIGHTS, TRESPASSES } from '../../tenancy-attempts';
import { findings, raw } from '../model-builder';

const BUYING = { ...BUYERS, name: 'buyers', path: 'shop/buyers' };

/** What a rule says of one object of the tenant. */
export const saysOf = (rule: Rule, { manifest }: Attempt) => findings(rule, { tenants: [BUYING], objects: raw(stringify(manifest)) });

/** The attempts that are meant by a rule's code. */
export const trespasses = ({ code }: Rule) => TRESPASSES.filter((attempt) => attempt.code === code);

/** What a rule has to be silent about. */
export const others = ({ code }: Rule) => [...RIGHTS, ...TRESPASSES.filter((attempt) => attempt.code !== code)];

/** What a rule says where the same stands in a namespace of nobody, or where no tenant is named. */
export const saysElsewhere = (rule: Rule) =>
  TRESPASSES.flatMap(({ what, manifest }) => {
    const elsewhere = { ...manifest, metadata: { ...manifest.metadata, namespace: 'platform' } };
    return [...saysOf(rule, { what, manifest: elsewhere }), ...findings(rule, { objects: raw(stringify(manifest)) })];
  });
