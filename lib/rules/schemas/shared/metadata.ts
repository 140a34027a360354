import { fieldsOf, textOf } from '../../../cluster/objects/fields';
import type { Demand } from '../demands/demand';

const DRY_RUN = 'istio.io/dry-run';
const ANNOTATIONS = 'metadata.annotations';
const OWN = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace', 'internal.istio.io/webhook-always-reject'];

/** What is asked of every object of Istio. */
export const METADATA_DEMANDS: readonly Demand[] = [
  {
    at: ANNOTATIONS,
    refuses: (annotations) => OWN.some((key) => key in fieldsOf(annotations)),
    what: 'has an annotation that istiod alone may write',
    fix: 'remove what begins with internal.istio.io',
  },
];

/** Of those that cannot be tried out. */
export const NO_DRY_RUN: Demand = {
  at: ANNOTATIONS,
  refuses: (annotations) => DRY_RUN in fieldsOf(annotations),
  what: `has ${DRY_RUN}, which an AuthorizationPolicy alone may have`,
  fix: 'remove it',
};

/** Of policies, which can. */
export const DRY_RUN_OF_POLICY: Demand = {
  at: ANNOTATIONS,
  refuses: (annotations, { around }) => {
    const said = textOf(fieldsOf(annotations)[DRY_RUN]);
    if (said === undefined) return false;
    const { action = 'ALLOW' } = fieldsOf(around.at(-1)?.spec);
    return !['ALLOW', 'DENY'].includes(String(action)) || !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(said);
  },
  what: `has ${DRY_RUN} with no true or false, or for an action that cannot be tried`,
  fix: 'write "true" for ALLOW and DENY, or remove it',
};
