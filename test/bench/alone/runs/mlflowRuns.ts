import { DatabaseSync } from 'node:sqlite';

const metrics = 10;
const params = 8;

/** Writes runs with ten metrics and eight parameters each into an MLflow database, whose schema is there. */
export function writeRuns(database: string, count: number): void {
  const db = new DatabaseSync(database);
  const insert = (table: string, columns: string) =>
    db.prepare(`insert into ${table} (${columns}) values (${columns.replaceAll(/\w+/g, '?')})`);
  const run = insert(
    'runs',
    'run_uuid,name,source_type,source_name,entry_point_name,user_id,status,start_time,end_time,source_version,lifecycle_stage,artifact_uri,experiment_id',
  );
  const metric = insert('metrics', 'key,value,timestamp,run_uuid,step,is_nan');
  const latest = insert('latest_metrics', 'key,value,timestamp,run_uuid,step,is_nan');
  const param = insert('params', 'key,value,run_uuid');
  const tag = insert('tags', 'key,value,run_uuid');
  db.exec('begin');
  for (let nth = 0; nth < count; nth++) {
    const id = nth.toString(16).padStart(32, '0');
    const start = 1_700_000_000_000 + nth * 60_000;
    const name = `run ${nth}`;
    const place = `mlflow-artifacts:/0/${id}/artifacts`;
    run.run(
      id,
      name,
      'LOCAL',
      'train.py',
      '',
      'ana',
      'FINISHED',
      start,
      start + 60_000,
      '',
      'active',
      place,
      0,
    );
    for (let index = 0; index < metrics; index++) {
      const row = [`metric${index}`, Math.sin(nth + index), start, id, 1, 0] as const;
      metric.run(...row);
      latest.run(...row);
    }
    for (let index = 0; index < params; index++) {
      param.run(`param${index}`, String((nth * (index + 3)) % 17), id);
    }
    tag.run('mlflow.runName', name, id);
    tag.run('mlflow.user', 'ana', id);
  }
  db.exec('commit');
  db.close();
}
