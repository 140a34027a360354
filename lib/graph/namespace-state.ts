import type { Declared } from '../model/declared';
import type { DataPlaneMode, Home, HttpNeed, WaypointFacts } from '../model/namespace-facts';
import type { MtlsMode } from '../model/mesh-model';

export interface HomeProps extends Declared {
  readonly name: string;
  readonly mode: DataPlaneMode;
  readonly waypointPolicy: 'never' | 'when-needed' | 'always';
  /** Of the waypoint, wherever it is; absent when there can be none. */
  readonly waypoint?: WaypointFacts;
  readonly zeroTrust: boolean;
  readonly owned: boolean;
  readonly enrolled: boolean;
  readonly mtls?: MtlsMode;
}

/** A namespace while the program is still being declared: needs for HTTP come in, and with the first one its waypoint. */
export class HomeState implements Home, Declared {
  private readonly needs: HttpNeed[] = [];
  private readonly known = new Set<string>();
  private readonly waiting: Array<() => void> = [];

  constructor(private readonly props: HomeProps) {}

  get name(): string {
    return this.props.name;
  }
  get path(): string {
    return this.props.path;
  }
  get site(): Declared['site'] {
    return this.props.site;
  }
  get mode(): DataPlaneMode {
    return this.props.mode;
  }
  get zeroTrust(): boolean {
    return this.props.zeroTrust;
  }
  get owned(): boolean {
    return this.props.owned;
  }
  get enrolled(): boolean {
    return this.props.enrolled;
  }
  get mtls(): MtlsMode | undefined {
    return this.props.mtls;
  }
  get waypointPolicy(): HomeProps['waypointPolicy'] {
    return this.props.waypointPolicy;
  }
  get httpNeeds(): readonly HttpNeed[] {
    return this.needs;
  }

  get waypoint(): WaypointFacts | undefined {
    const { waypointPolicy, waypoint } = this.props;
    const there = waypointPolicy === 'always' || (waypointPolicy === 'when-needed' && this.needs.length > 0);
    return there ? waypoint : undefined;
  }

  addNeed(need: HttpNeed): void {
    const key = `${need.path}: ${need.what}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    const before = this.waypoint;
    this.needs.push(need);
    if (before || !this.waypoint) return;
    for (const act of this.waiting.splice(0)) act();
  }

  /** Now, or as soon as the waypoint is there. */
  whenWaypoint(act: () => void): void {
    if (this.waypoint) act();
    else this.waiting.push(act);
  }
}
