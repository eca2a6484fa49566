#include "base/json_document.h"
#include "report/diagnostics.h"
#include "report/report.h"

namespace outlast::report {
namespace {

std::string_view word_for(base::DiagnosticSeverity severity) {
  switch (severity) {
    case base::DiagnosticSeverity::error:
      return "error";
    case base::DiagnosticSeverity::warning:
      return "warning";
    case base::DiagnosticSeverity::note:
      break;
  }
  return "note";
}

void write_position(base::JsonWriter& json, std::string_view key, const base::Position& position) {
  json.key(key);
  json.begin_object();
  json.member("line", position.line);
  json.member("column", position.column);
  json.end_object();
}

void write_diagnostic(base::JsonWriter& json, const base::Diagnostic& diagnostic,
                      const base::Sources& sources) {
  json.begin_object();
  json.member("severity", word_for(diagnostic.severity));
  json.member("code", diagnostic.code);
  json.member("message", diagnostic.message);
  json.member("help", diagnostic.help);
  json.member("notes", diagnostic.notes);
  const base::Span& span = diagnostic.span;
  if (span.exists()) {
    json.member("file", sources.path(span.source));
    write_position(json, "begin", sources.position(span.source, span.begin));
    write_position(json, "end", sources.position(span.source, span.end));
  }
  json.end_object();
}

}  // namespace

std::string diagnostics_json(const base::Diagnostics& diagnostics, const base::Sources& sources) {
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.key("diagnostics");
  json.begin_array();
  for (const base::Diagnostic& diagnostic : diagnostics.items()) {
    write_diagnostic(json, diagnostic, sources);
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
