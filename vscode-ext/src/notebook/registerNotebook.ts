import { commands, type Disposable, languages } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { KnownVersions } from './KnownVersions.ts';
import { MountLensProvider, useVersion, writeVersion } from './MountLensProvider.ts';
import { python } from './pythonDocument.ts';
import { VersionCompletionProvider } from './VersionCompletionProvider.ts';
import { VersionHoverProvider } from './VersionHoverProvider.ts';

/** What Python files and notebooks show of the versions that they name. */
export function registerNotebook(
  daemon: DaemonModel,
  datasets: DatasetsModel,
  placements: PlacementsModel,
): Disposable[] {
  const known = new KnownVersions(daemon, datasets, placements);
  return [
    languages.registerCodeLensProvider(python, new MountLensProvider(known, placements)),
    languages.registerHoverProvider(python, new VersionHoverProvider(known, placements)),
    languages.registerCompletionItemProvider(
      python,
      new VersionCompletionProvider(known, placements),
      ...VersionCompletionProvider.triggers,
    ),
    commands.registerCommand(useVersion, writeVersion),
  ];
}
