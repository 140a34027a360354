import { nameOf } from '../../cluster/objects/manifest-object';
import { curesOfTexts } from '../named/values/mended';
import { rule } from '../rule';

export const oldRegistry = rule({
  code: 'MESH124',
  level: 'warning',
  title: "image or chart from the place that Istio's project leaves",

  check(model, report) {
    for (const object of model.objects.filter(({ made, patched }) => !made || patched)) {
      const places = oldPlaces(object.manifest);
      const [first, ...others] = [...new Set(places)].sort();
      if (first === undefined) continue;
      const cures = curesOfTexts(object, newPlace);
      report({
        on: object,
        message: `${nameOf(object)} takes ${[first, ...others].join(', ')} from a place that serves nothing from 2026-12-08 on`,
        got: first,
        fix: 'take images from docker.io/istio, and charts from https://blob.istio.io/istio-release/charts or from ghcr.io',
        cures: cures.length === places.length ? cures : [],
      });
    }
  },
});

const OLD =
  /^((https?|oci):\/\/)?(gcr\.io\/istio-(release|testing)|istio-release\.storage\.googleapis\.com|storage\.googleapis\.com\/istio-release)(\/|$)/;

// Only releases are at both places, by the same names.
function newPlace(text: string): string | undefined {
  if (!OLD.test(text) || /\s/.test(text)) return undefined;
  if (/^gcr\.io\/istio-release(?=\/|$)/.test(text)) return text.replace('gcr.io/istio-release', 'docker.io/istio');
  const [, rest] = /^https:\/\/istio-release\.storage\.googleapis\.com\/(charts.*)$/.exec(text) ?? [];
  return rest === undefined ? undefined : `https://blob.istio.io/istio-release/${rest}`;
}

/** Texts that are such an image or address as a whole; what only speaks of one is none. */
function oldPlaces(value: unknown): string[] {
  if (typeof value === 'string') return OLD.test(value) && !/\s/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(oldPlaces) : [];
}
