import { fieldsOf } from '../../../cluster/objects/fields';

const DOMAIN = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;
const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const [MOST_IN_DOMAIN, MOST_IN_NAME] = [253, 63];

/** Whether some key or value of a map can be no label of a pod. */
export function hasNoLabels(value: unknown): boolean {
  return Object.entries(fieldsOf(value)).some(
    ([key, said]) => !isKey(key) || (typeof said === 'string' && said !== '' && !NAME.test(said)),
  );
}

/** Istio reads labels of a selector as they stand. */
export function hasStar(value: unknown): boolean {
  return Object.entries(fieldsOf(value)).some((label) => label.join('').includes('*'));
}

function isKey(key: string): boolean {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const domain = slash < 0 ? undefined : key.slice(0, slash);
  return (
    (domain === undefined || (domain.length <= MOST_IN_DOMAIN && DOMAIN.test(domain))) && name.length <= MOST_IN_NAME && NAME.test(name)
  );
}
