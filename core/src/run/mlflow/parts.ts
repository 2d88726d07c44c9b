import type { Hono } from 'hono';
import { TrackingError } from '../error.ts';
import type { WithinRun } from './handler.ts';

/**
 * Files in several parts serve to send them past the server, straight to the cloud's store, and MLflow's server offers it
 * where its artifacts lie in one. Ours lie in a folder: as MLflow's server over a folder we say so, and clients that were
 * told to try (MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD, ..._DOWNLOAD) send and fetch the file whole, of any size.
 */
export function addPartRoutes(app: Hono<WithinRun>): void {
  // What a client asks before it tries (mlflow/server/handlers.py, build_server_info_payload).
  for (const prefix of ['/api', '/ajax-api']) {
    app.get(`${prefix}/3.0/mlflow/server-info`, (c) =>
      c.json({
        store_type: 'SqlStore',
        workspaces_enabled: false,
        trace_archival_enabled: false,
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        presigned_upload_run_id_supported: false,
        presigned_upload_model_id_supported: false,
        features_enabled: { gateway: false },
      }),
    );
  }
  // Clients know the refusal by its first words (mlflow/exceptions.py).
  for (const [routes, what] of [
    ['/api/2.0/mlflow-artifacts/mpu/*', 'upload'],
    ['/api/2.0/mlflow-artifacts/presigned/*', 'download'],
  ] as const) {
    app.all(routes, () => {
      throw new TrackingError(
        'NOT_IMPLEMENTED',
        `Multipart ${what} is not supported for the current artifact repository`,
      );
    });
  }
}
