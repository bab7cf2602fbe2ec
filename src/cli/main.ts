/** The `carelet` command: dispatches to its subcommands, each loaded when it is asked for. */

export interface Output {
  out(line: string): void;
  err(line: string): void;
}

type Command = (args: string[], output: Output) => Promise<number>;

const COMMANDS: Record<string, { usage: string; summary: string; load: () => Promise<Command> }> = {
  serve: {
    usage: "carelet serve [--port N] [--host H] [--cors ORIGIN…|'*'] [--data FILE|DIR …] [--patients N] [--seed N]",
    summary: 'the embedded backend as a FHIR R4 server at /fhir, for development',
    load: async () => (await import('./serve.js')).serveCommand,
  },
  validate: {
    usage: 'carelet validate FILE|DIR … [--json]',
    summary: 'checks FHIR R4 resources and bundles; exit 0 clean, 1 issues, 2 nothing readable',
    load: async () => (await import('./validate.js')).validateCommand,
  },
  check: {
    usage: "carelet check URL [--write] [--header 'K: V' …] [--origin ORIGIN] [--json]",
    summary: 'what a FHIR R4 server can do for each widget, asked and tried; reads only without --write; exit 2 where there is none',
    load: async () => (await import('./check.js')).checkCommand,
  },
};

const usage = (): string =>
  ['usage:', ...Object.values(COMMANDS).map((command) => `  ${command.usage}\n      ${command.summary}`)].join('\n');

/** Runs one command line and returns its exit code; 2 for one that makes no sense. */
export async function main(
  args: string[],
  output: Output = { out: (line) => console.log(line), err: (line) => console.error(line) },
): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    output.out(usage());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    output.err(name ? `carelet: there is no command "${name}"` : 'carelet: which command?');
    output.err(usage());
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    output.out(`usage: ${command.usage}\n  ${command.summary}`);
    return 0;
  }
  const run = await command.load();
  return run(rest, output);
}
