import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hello, TrackingInfo } from '../../../api/index.ts';
import type { Forwarder } from '../../../run/forward/forwarder.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import type { HubContext } from '../../context.ts';
import type { Connections } from '../../lease/connections.ts';

/** What routes work with: the hub, and what only the process around it knows. */
export interface RouteContext extends HubContext {
  connections: Connections;
  hello: Hello;
  /** `unix:PATH` */
  url: string;
  /** Where MLflow's clients log to; opened if need be. */
  tracking(): Promise<TrackingInfo>;
  /** The store of runs, opened if need be. */
  runs(): Promise<Tracking>;
  /** What sends runs to the team's MLflow server. */
  forwarder: Forwarder;
  /** From now on the daemon goes on when nobody uses it. */
  stay(): void;
  /** Ends the daemon once this answer is sent. */
  stop(why: 'shutdown' | 'handover'): void;
}

export type Routes = (app: OpenAPIHono, hub: RouteContext) => void;
