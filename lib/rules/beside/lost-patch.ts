import { nameOf } from '../../cluster/objects/manifest-object';
import type { LostPatch, ManifestObject } from '../../model/mesh-model';
import { rule } from '../rule';

export const lostPatch = rule({
  code: 'MESH121',
  level: 'error',
  title: 'patch of an object that is made no more',

  check(model, report) {
    for (const lost of model.lostPatches) {
      const there = model.objects.filter(({ path }) => path.startsWith(`${lost.room}/`));
      report({
        on: lost,
        message: `the patch of ${nameOf(lost)} is lost: a later statement ${there.some(isNamedLike(lost)) ? 'had the object made anew' : 'made the object needless'}`,
        got: `made there now: ${there.map(nameOf).join(', ') || 'nothing'}`,
        fix: 'patch after all statements, on the object that is there then',
      });
    }
  },
});

function isNamedLike(lost: LostPatch): (object: ManifestObject) => boolean {
  return (object) => nameOf(object) === nameOf(lost);
}
