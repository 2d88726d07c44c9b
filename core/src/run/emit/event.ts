import { pathToFileURL } from 'node:url';
import { codeTag } from '../../api/run/runTags.ts';
import { withoutSecrets } from '../../api/run/withoutSecrets.ts';
import { programVersion } from '../../api/version.ts';
import type { DatasetInput } from '../data/inputs.ts';
import type { Run } from '../runs.ts';
import type { OutputRow } from '../store/tables.ts';
import { isoTime, sourceIn } from '../view.ts';
import { foreignName, jobName, type LineageName, runUuid } from './naming.ts';

/** What an event tells of: plain rows. */
export interface RunFacts {
  run: Run;
  /** Where the command ran, by the folder's name; else the experiment. */
  scope: string;
  /** Empty where it isn't known. */
  command: readonly string[];
  /** Where it was started; null where that isn't known. */
  place: { folder: string; host: string } | null;
  exitCode: number | null;
  outputs: readonly OutputRow[];
  parent: { id: string; job: string } | null;
  /** The last line that it printed. */
  lastLine: string;
  /** The lake's namespace. */
  lake: string;
}

const spec = 'https://openlineage.io/spec';
const producer = `urn:forebay:${programVersion}`;

/** A facet of the specification, by its file and version (https://openlineage.io/spec/facets). */
function facet(kind: string, version: string, fields: object): object {
  const _schemaURL = `${spec}/facets/${version}/${kind}.json#/$defs/${kind}`;
  return { _producer: producer, _schemaURL, ...fields };
}

/** Characters of a command that an event tells; a script that is given whole on the command line may have any length. */
const longestCommand = 4000;

const endings = { FINISHED: 'COMPLETE', FAILED: 'FAIL', KILLED: 'ABORT' } as const;

/** An OpenLineage RunEvent (https://openlineage.io/spec/2-0-2/OpenLineage.json). */
export function runEvent(moment: 'began' | 'ended', facts: RunFacts): object {
  const { run, lake } = facts;
  const ended = moment === 'ended' && run.status in endings;
  return {
    eventType: ended ? endings[run.status as keyof typeof endings] : 'START',
    eventTime: isoTime(ended ? (run.end_time ?? run.start_time) : run.start_time),
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: runUuid(run.id), facets: runFacets(facts, ended) },
    job: { namespace: lake, name: jobName(facts.scope, facts.command), facets: jobFacets(facts) },
    inputs: run.inputs.map((input) => inputOf(input, lake)),
    outputs: ended ? facts.outputs.map((output) => outputOf(output, lake)) : [],
  };
}

function runFacets({ run, parent, exitCode, lastLine, lake, command }: RunFacts, ended: boolean): object {
  const failed = ended && run.status !== 'FINISHED';
  const parameters = run.params.map(({ key, value }) => ({ key, name: key, value }));
  return {
    processing_engine: facet('ProcessingEngineRunFacet', '1-1-1', {
      name: 'forebay',
      version: programVersion,
    }),
    ...(parameters.length > 0 && {
      executionParameters: facet('ExecutionParametersRunFacet', '1-0-0', { parameters }),
    }),
    ...(parent && {
      parent: facet('ParentRunFacet', '1-2-0', {
        run: { runId: runUuid(parent.id) },
        job: { namespace: lake, name: parent.job },
      }),
    }),
    ...(failed && {
      errorMessage: facet('ErrorMessageRunFacet', '1-0-1', {
        message: failureOf(run.status, exitCode, lastLine),
        programmingLanguage: /(^|\/)python[\d.]*$/.test(command[0] ?? '') ? 'PYTHON' : 'UNKNOWN',
      }),
    }),
  };
}

function failureOf(status: Run['status'], exitCode: number | null, lastLine: string): string {
  const how = status === 'KILLED' ? 'It was ended before its end' : 'It failed';
  const code = exitCode === null ? '' : `, exit code ${exitCode}`;
  return `${how}${code}.${lastLine === '' ? '' : ` ${lastLine}`}`;
}

function jobFacets({ run, place, command }: RunFacts): object {
  const tag = (key: string) => run.tags.find((each) => each.key === key)?.value;
  const commit = tag(codeTag.commit);
  const branch = tag(codeTag.branch);
  const repository = tag(codeTag.repository);
  const url = repository ? webAddress(repository) : place && pathToFileURL(place.folder).href;
  return {
    jobType: facet('JobTypeJobFacet', '2-0-4', {
      ...{ processingType: 'BATCH', integration: 'FOREBAY', jobType: 'COMMAND' },
    }),
    ...(command.length > 0 && {
      documentation: facet('DocumentationJobFacet', '1-1-0', {
        description: withoutSecrets(command).join(' ').slice(0, longestCommand),
      }),
    }),
    ...(commit &&
      url && {
        sourceCodeLocation: facet('SourceCodeLocationJobFacet', '1-1-0', {
          ...{ type: 'git', url, version: commit },
          ...(repository && { repoUrl: repository }),
          ...(branch && { branch }),
        }),
      }),
  };
}

/** What git also writes as `git@host:path` is an address of ssh. */
function webAddress(repository: string): string {
  const short = /^([^/@:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(repository);
  return short ? `ssh://${short[1] ?? ''}${short[2]}/${short[3]}` : encodeURI(repository);
}

function inputOf({ dataset, tags: _ }: DatasetInput, lake: string): object {
  const { name, digest, source, sourceType } = dataset;
  const version = sourceIn(sourceType, source)?.version;
  if (version !== undefined) return versionOf({ namespace: lake, name }, digest, version);
  return { ...foreignName(name, source, lake), facets: { version: versionFacet(digest) } };
}

function outputOf({ name, version, digest, files, bytes }: OutputRow, lake: string): object {
  const statistics = facet('OutputStatisticsOutputDatasetFacet', '1-0-2', { size: bytes, fileCount: files });
  return {
    ...versionOf({ namespace: lake, name }, digest, version),
    outputFacets: { outputStatistics: statistics },
  };
}

/** `v3`, as everybody else here calls it; what it holds is named by its digest. */
function versionOf(named: LineageName, digest: string, version: number): object {
  return {
    ...named,
    facets: {
      version: facet('DatasetVersionDatasetFacet', '1-0-1', { datasetVersion: `v${version}`, digest }),
      dataSource: facet('DatasourceDatasetFacet', '1-0-1', { name: named.namespace, uri: named.namespace }),
    },
  };
}

const versionFacet = (digest: string) =>
  facet('DatasetVersionDatasetFacet', '1-0-1', { datasetVersion: digest });
