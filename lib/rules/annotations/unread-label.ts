import { LABEL_KEYS } from '../../istio/label-keys';
import { DATAPLANE_MODE, INGRESS_USE_WAYPOINT, INJECT, INJECTION } from '../../istio/labels';
import { distanceOf, nearestOf } from '../../support/options/nearest';
import { remembered } from '../../support/kept/remembered';
import { rule } from '../rule';
import { rawLabels, type WrittenLabel } from './written/labels-in';

/** Values that Istio reads; of `sidecar.istio.io/inject` those that its injector takes for yes and no. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  [INJECTION]: ['enabled', 'disabled'],
  [DATAPLANE_MODE]: ['ambient', 'none'],
  [INJECT]: ['true', 'false'],
  [INGRESS_USE_WAYPOINT]: ['true', 'false'],
};
const LONG_KEY = 16;

export const unreadLabel = rule({
  code: 'MESH163',
  level: 'warning',
  title: 'label that Istio does not read',

  check(model, report) {
    const keyMeantBy = remembered(keyNear);
    for (const written of rawLabels(model)) {
      const wrong = misspelled(written, keyMeantBy(written.name)) ?? unreadValue(written) ?? misplaced(written);
      if (wrong) report({ on: written.object, field: written.field, got: `${written.name}: ${written.value}`, ...wrong });
    }
  },
});

interface Wrong {
  readonly message: string;
  readonly fix: string;
}

/** The key of Istio's that a label was meant to have, if it has none. */
function keyNear(name: string): string | undefined {
  if (LABEL_KEYS.includes(name)) return undefined;
  const most = name.length < LONG_KEY ? 1 : 2;
  return LABEL_KEYS.find((key) => distanceOf(name.toLowerCase(), key.toLowerCase()) <= most);
}

function misspelled({ title, name }: WrittenLabel, meant: string | undefined): Wrong | undefined {
  if (meant === undefined) return undefined;
  return {
    message: `${title} has the label ${name}, which Istio does not know: what it asks for does not happen`,
    fix: `did you mean ${meant}?`,
  };
}

// Text that a template has left is told elsewhere.
function unreadValue({ title, name, value }: WrittenLabel): Wrong | undefined {
  const taken = VALUES[name];
  if (!taken || taken.includes(value) || /[{}$]/.test(value)) return undefined;
  const meant = nearestOf(value, taken);
  return {
    message: `${title} has a value for ${name} that Istio does not read: ${harmOf(name)}`,
    fix: meant === undefined ? `write ${taken.join(' or ')}` : `did you mean ${meant}?`,
  };
}

function harmOf(name: string): string {
  if (name === INJECTION || name === INJECT) return 'no pod gets a sidecar by it';
  return name === DATAPLANE_MODE ? 'no pod joins the mesh by it' : 'it is as if it were not there';
}

function misplaced({ title, kind, name, inTemplate }: WrittenLabel): Wrong | undefined {
  if (name === INJECTION && kind === 'Pod') {
    return {
      message: `${title} has the label ${name}, which Istio reads of Namespaces only`,
      fix: `write ${INJECT}: "true" or "false" in its place`,
    };
  }
  if (![INJECT, DATAPLANE_MODE].includes(name) || inTemplate !== false) return undefined;
  return {
    message: `${title} has the label ${name} itself, and Istio reads that of its pods`,
    fix: 'write it in metadata.labels of the template',
  };
}
