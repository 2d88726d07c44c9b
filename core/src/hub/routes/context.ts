import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hello } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import type { Connections } from '../lease/connections.ts';

/** What routes work with: the hub, and what only the process around it knows. */
export interface RouteContext extends HubContext {
  connections: Connections;
  hello: Hello;
  /** `unix:PATH` */
  url: string;
  /** From now on the daemon goes on when nobody uses it. */
  stay(): void;
  /** Ends the daemon once this answer is sent. */
  stop(why: 'shutdown' | 'handover'): void;
}

export type Routes = (app: OpenAPIHono, hub: RouteContext) => void;
