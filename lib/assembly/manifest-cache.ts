import type { ApiObject } from 'cdk8s';

type Manifest = Record<string, unknown>;
type Renders = ApiObject['toJson'];

/** Keeps what objects render as long as nothing can change them: from the rules to the writing of the same synth. */
export class ManifestCache {
  private readonly manifests = new Map<ApiObject, Manifest>();
  /** Objects that render in a way of their own, not as their class does. */
  private readonly own = new Map<ApiObject, Renders>();
  private readonly answer: Renders;

  constructor() {
    const { manifests } = this;
    // One function for all objects: a program has many.
    this.answer = function (this: ApiObject) {
      return manifests.get(this);
    };
  }

  render(object: ApiObject): Manifest {
    const manifest = object.toJson() as Manifest;
    this.manifests.set(object, manifest);
    if (Object.hasOwn(object, 'toJson')) this.own.set(object, object.toJson);
    object.toJson = this.answer;
    return manifest;
  }

  restore(): void {
    for (const object of this.manifests.keys()) {
      const own = this.own.get(object);
      if (own) object.toJson = own;
      else delete (object as Partial<ApiObject>).toJson;
    }
  }
}
