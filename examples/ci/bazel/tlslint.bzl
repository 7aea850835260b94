"""Lints what Bazel builds: an aspect with an action for each target, so that a remote cache answers for what did not change.

    bazel build //... --aspects //tools/tlslint:tlslint.bzl%tlslint_aspect --output_groups=tlslint

The files of a target are linted together with its manifest. Names that a crate takes from another of the workspace are not followed,
for the aspect hands over the files of one target: a whole run (`tlslint check`) sees more.
"""

TlslintReports = provider(
    doc = "What was found in a target and in what it depends on.",
    fields = {"reports": "depset of JSON reports"},
)

_LINTED = ["rs", "toml", "lock", "pem", "crt", "cer", "der", "key", "csr", "crl", "p7b", "p7c", "p12", "pfx"]

def _files_of(rule):
    files = []
    for name in ["srcs", "data", "compile_data"]:
        for target in getattr(rule.attr, name, None) or []:
            files += [it for it in target.files.to_list() if it.is_source and it.extension in _LINTED]
    return files

def _aspect_impl(target, ctx):
    depended = [it[TlslintReports].reports for it in getattr(ctx.rule.attr, "deps", []) if TlslintReports in it]
    files = _files_of(ctx.rule)
    if not files:
        none = depset(transitive = depended)
        return [TlslintReports(reports = none), OutputGroupInfo(tlslint = none)]
    report = ctx.actions.declare_file(target.label.name + ".tlslint.json")
    arguments = ctx.actions.args()
    arguments.add(report)
    arguments.add(ctx.attr._now[TlslintTime].time)
    arguments.add_all(files)
    ctx.actions.run_shell(
        mnemonic = "Tlslint",
        progress_message = "Linting %{label}",
        tools = [ctx.attr._tlslint[DefaultInfo].files_to_run],
        inputs = depset(files, transitive = [ctx.attr._configuration.files]),
        outputs = [report],
        arguments = [ctx.executable._tlslint.path, arguments],
        # 1 is findings and 2 what was not analysed: both are in the report, and an action that fails is cached nowhere.
        command = """
            tlslint=$1 report=$2 now=$3; shift 3
            "$tlslint" check --format json --output "$report" --now "$now" "$@" || [ $? -le 2 ]
            [ -s "$report" ]
        """,
    )
    reports = depset([report], transitive = depended)
    return [TlslintReports(reports = reports), OutputGroupInfo(tlslint = reports)]

def _program_impl(ctx):
    program = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(program, is_executable = True, content = """#!/bin/sh
# What an action runs has its files beside it, what a test runs in the folder that the test is started in.
for base in "$0.runfiles/%s" .; do
  [ -f "$base/%s" ] && exec node "$base/%s" "$@"
done
echo "tlslint: the package is not among the runfiles of $0" >&2
exit 3
""" % (ctx.workspace_name, ctx.file.main.short_path, ctx.file.main.short_path))
    return DefaultInfo(executable = program, runfiles = ctx.runfiles([ctx.file.main] + ctx.files.data))

tlslint_program = rule(
    implementation = _program_impl,
    attrs = {"main": attr.label(allow_single_file = True), "data": attr.label_list(allow_files = True)},
    executable = True,
)

TlslintTime = provider(doc = "As of when certificates are judged.", fields = {"time": "such as 2026-01-01"})

def _time_impl(ctx):
    return TlslintTime(time = ctx.build_setting_value)

# Results depend on the date, where certificates are concerned: it is an input of every action, and a cached result is of that date.
tlslint_time = rule(implementation = _time_impl, build_setting = config.string(flag = True))

_ATTRIBUTES = {
    "_tlslint": attr.label(default = "//tools/tlslint", executable = True, cfg = "exec"),
    "_configuration": attr.label(default = "//tools/tlslint:configuration"),
    "_now": attr.label(default = "//tools/tlslint:now"),
}

tlslint_aspect = aspect(
    implementation = _aspect_impl,
    attr_aspects = ["deps"],
    attrs = _ATTRIBUTES,
)

def _test_impl(ctx):
    reports = depset(transitive = [it[TlslintReports].reports for it in ctx.attr.targets])
    test = ctx.actions.declare_file(ctx.label.name + ".sh")
    paths = " ".join(["'%s'" % it.short_path for it in reports.to_list()])
    ctx.actions.write(test, "#!/bin/sh\nexec '%s' merge --format concise %s\n" % (ctx.executable._tlslint.short_path, paths), is_executable = True)
    runfiles = ctx.runfiles(transitive_files = reports).merge(ctx.attr._tlslint[DefaultInfo].default_runfiles)
    return DefaultInfo(executable = test, runfiles = runfiles)

# Fails for what was found in these targets, and prints it.
tlslint_test = rule(
    implementation = _test_impl,
    attrs = {"targets": attr.label_list(aspects = [tlslint_aspect]), "_tlslint": _ATTRIBUTES["_tlslint"]},
    test = True,
)
