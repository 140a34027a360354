import type { ApiObject } from 'cdk8s';

type Manifest = Record<string, unknown>;

/** Keeps what objects render as long as nothing can change them: from the rules to the writing of the same synth. */
export class ManifestCache {
  private readonly overridden: Array<{ readonly object: ApiObject; readonly own?: ApiObject['toJson'] }> = [];

  render(object: ApiObject): Manifest {
    const manifest = object.toJson() as Manifest;
    this.overridden.push({ object, own: Object.hasOwn(object, 'toJson') ? object.toJson : undefined });
    object.toJson = () => manifest;
    return manifest;
  }

  restore(): void {
    for (const { object, own } of this.overridden) {
      if (own) object.toJson = own;
      else delete (object as Partial<ApiObject>).toJson;
    }
  }
}
