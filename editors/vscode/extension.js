// The language server of manifold for manifests, and its commands in a terminal.
const path = require('node:path');
const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

/** Manifests are YAML files by these names, so that other YAML is left alone. */
const documentSelector = [
  '**/manifest.yaml',
  '**/manifest.yml',
  '**/manifests/*.yaml',
  '**/*.manifest.yaml',
].map((pattern) => ({ scheme: 'file', language: 'yaml', pattern }));

exports.activate = async (context) => {
  const settings = vscode.workspace.getConfiguration('manifold');
  const [command, ...before] = settings.get('command');
  const hooks = settings.get('hooks').flatMap((hook) => ['--hooks', hook]);
  client = new LanguageClient(
    'manifold',
    'Manifold',
    { command, args: [...before, 'lsp', '--stdio', ...hooks], transport: TransportKind.stdio },
    { documentSelector },
  );
  context.subscriptions.push(
    vscode.commands.registerCommand('manifold.preview', (uri, stream) => {
      const file = vscode.Uri.parse(uri).fsPath;
      run(file, ['preview', file, stream, '--config', settings.get('config')]);
    }),
    vscode.commands.registerCommand('manifold.test', (uri, stream) => {
      const file = vscode.Uri.parse(uri).fsPath;
      run(file, ['test', file, '--stream', stream]);
    }),
  );
  await client.start();

  function run(file, args) {
    const terminal =
      vscode.window.terminals.find(({ name }) => name === 'manifold') ??
      vscode.window.createTerminal({ name: 'manifold', cwd: path.dirname(file) });
    terminal.show();
    terminal.sendText([command, ...before, ...args].map(quoted).join(' '));
  }
};

exports.deactivate = () => client?.stop();

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
