/**
 * A service for somebody who types: of an item that does not parse for the moment it analyses the last text that did, and says where
 * that stands now. What did not change in that sense costs nothing, and its findings stay.
 */
import { allowFixes } from "../allow.ts";
import type { Explanation, FileReport, FixWish, Hover, LintService } from "../api.ts";
import type { Navigation } from "../navigation/api.ts";
import type { Overview } from "../overview/api.ts";
import { ShownText } from "../shown-text.ts";
import { movedEndpoint, movedExplanation, settledLine, UNSETTLED } from "./moved-answers.ts";
import { movedReport } from "./moved-findings.ts";
import { SettledTexts } from "./settled-texts.ts";

export interface TypingService extends LintService {
  /** Nobody types for the moment: lines that were not ended are what is meant. Whether that changes what is analysed. */
  pause(): boolean;
}

export const forTyping = (service: LintService): TypingService => typing(service, new SettledTexts());

function typing(service: LintService, texts: SettledTexts): TypingService {
  /** As they are when something is asked: its answer is about these. */
  const then = (): SettledTexts => new SettledTexts(texts);
  return {
    pause() {
      const changed = texts.pause();
      for (const { file, text } of changed) service.change(file, text, undefined);
      return changed.length > 0;
    },
    open: (file, text) => service.open(file, texts.open(file, text)),
    change: (file, text, changes) => service.change(file, texts.change(file, text, changes), undefined),
    close(file) {
      texts.close(file);
      service.close(file);
    },
    lint: async (file, signal) => lint(service, then(), file, signal),
    hover: async (file, offset, signal) => hover(service, then(), file, offset, signal),
    navigation: navigation(service.navigation, then),
    overview: overview(service.overview, then),
    explain: async (file, line) => explain(service, then(), file, line),
    planFixes: (files, wish, signal) => service.planFixes(files, onWhatIsSettled(wish, then()), signal),
    aside: (work) => service.aside((fork) => work(typing(fork, then()))),
    async suppressions(file, finding) {
      const text = texts.unsettled(file);
      return text === undefined ? service.suppressions(file, finding) : allowFixes(file, "rust", text.current, [], finding);
    },
    switchOff: (file, finding) => service.switchOff(file, finding),
    text: async (file) => texts.unsettled(file)?.current ?? service.text(file),
    async shownText(file) {
      const text = texts.unsettled(file);
      return text === undefined ? service.shownText(file) : new ShownText(text.current);
    },
    // What is nobody's text, or asked of files that are not Rust.
    invalidate: (files) => service.invalidate(files),
    lookAgain: () => service.lookAgain(),
    setOptions: (options) => service.setOptions(options),
    configurationOf: (file) => service.configurationOf(file),
    settingCompletions: (file, offset) => service.settingCompletions(file, offset),
    configurationFault: () => service.configurationFault(),
    dependents: (changed, files) => service.dependents(changed, files),
    files: (path, signal) => service.files(path, signal),
    inspect: (file, signal, wish) => service.inspect(file, signal, wish),
    isInRoots: (file) => service.isInRoots(file),
    expiries: (file) => service.expiries(file),
    reissue: (file, signal) => service.reissue(file, signal),
    setsPermissions: service.setsPermissions,
    setPermissions: (file, mode) => service.setPermissions(file, mode),
    createsFiles: service.createsFiles,
    createFile: (file, text, mode) => service.createFile(file, text, mode),
    dispose: () => service.dispose(),
  };
}

async function lint(service: LintService, texts: SettledTexts, file: string, signal?: AbortSignal): Promise<FileReport> {
  const report = await service.lint(file, signal);
  return texts.areCurrent ? report : movedReport(report, texts);
}

async function hover(
  service: LintService,
  texts: SettledTexts,
  file: string,
  offset: number,
  signal?: AbortSignal,
): Promise<Hover | undefined> {
  const at = texts.settledOffset(file, offset);
  const found = at === undefined ? undefined : await service.hover(file, at, signal);
  const span = found && texts.span(file, found.span);
  return found && span && { ...found, span };
}

async function explain(service: LintService, texts: SettledTexts, file: string, line: number): Promise<Explanation> {
  const text = texts.unsettled(file);
  if (text === undefined) return service.explain(file, line);
  const settled = settledLine(text, line);
  if (settled === undefined) return { file: [UNSETTLED], findings: [], facts: [], known: [] };
  return movedExplanation(await service.explain(file, settled), text, texts);
}

const navigation = (of: Navigation, then: () => SettledTexts): Navigation => ({
  async links(file) {
    const texts = then();
    return texts.spans(file, await of.links(file));
  },
  async linkAt(file, offset) {
    const texts = then();
    const at = texts.settledOffset(file, offset);
    const link = at === undefined ? undefined : await of.linkAt(file, at);
    return link && texts.spans(file, [link])[0];
  },
  async hints(file, wish, within, signal) {
    const texts = then();
    const unsettled = texts.unsettled(file);
    // Where something is typed, the part is a part of another text: all of that is looked through.
    const part = unsettled === undefined ? within : { start: 0, end: Number.MAX_SAFE_INTEGER };
    return texts.spans(file, await of.hints(file, wish, part, signal));
  },
  async uses(file, at, signal) {
    const texts = then();
    return texts.places(await of.uses(file, at, signal));
  },
  async renamed(from, to) {
    const texts = then();
    return (await of.renamed(from, to)).flatMap((it) => texts.edits(it) ?? []);
  },
  outline: (file) => of.outline(file),
  around: (file, offset) => of.around(file, offset),
});

const overview = (of: Overview, then: () => SettledTexts): Overview => ({
  async certificates(page, signal) {
    const texts = then();
    const { items, ...list } = await of.certificates(page, signal);
    return { ...list, items: items.map((it) => ({ ...it, uses: texts.placed(it.uses) })) };
  },
  async endpoints(page, signal) {
    const texts = then();
    const { items, ...list } = await of.endpoints(page, signal);
    return { ...list, items: items.flatMap((it) => movedEndpoint(it, texts) ?? []) };
  },
  crates: (signal) => of.crates(signal),
});

const onWhatIsSettled = (wish: FixWish, texts: SettledTexts): FixWish => ({
  ...wish,
  refusal: (file, text) => (texts.unsettled(file) === undefined ? wish.refusal?.(file, text) : "it does not parse as it stands"),
});
