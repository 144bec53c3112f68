// Graph functions: what tfjs-node's binding lacks of TensorFlow's eager C interface. This takes the place of
// tfjs-node-gpu's entry by including it.
//
// The context is a private member of tfjs-node's class; an explicit template instantiation may name it, which is the
// language's own way around.
#include <node_api.h>
#undef NAPI_MODULE
#define NAPI_MODULE(name, init) \
  static napi_value InitStock(napi_env env, napi_value exports) { return init(env, exports); }
#include "tfjs_binding.cc"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "crew.h"
#include "operations.h"

namespace {

using tfnodejs::TFJSBackend;

template <typename Tag, typename Tag::type Member>
struct Expose {
  friend typename Tag::type MemberOf(Tag) { return Member; }
};
struct ContextMember {
  typedef TFE_Context *TFJSBackend::*type;
  friend type MemberOf(ContextMember);
};
template struct Expose<ContextMember, &TFJSBackend::tfe_context_>;

TFE_Context *ContextOf(napi_env env) {
  TFJSBackend *backend = nullptr;
  napi_get_instance_data(env, reinterpret_cast<void **>(&backend));
  return backend->*MemberOf(ContextMember());
}

std::string Text(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return "";
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, &text[0], length + 1, &length);
  return text;
}

std::vector<std::string> Texts(napi_env env, napi_value value) {
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element = nullptr;
    if (napi_get_element(env, value, i, &element) == napi_ok) texts.push_back(Text(env, element));
  }
  return texts;
}

struct Graph {
  TF_Graph *graph = TF_NewGraph();
  TF_Status *status = TF_NewStatus();
  ~Graph() {
    TF_DeleteGraph(graph);
    TF_DeleteStatus(status);
  }
  bool ok() const { return TF_GetCode(status) == TF_OK; }
  TF_Operation *Find(const std::string &name) {
    TF_Operation *operation = TF_GraphOperationByName(graph, name.c_str());
    if (operation == nullptr) TF_SetStatus(status, TF_NOT_FOUND, ("no node is called " + name).c_str());
    return operation;
  }
};

void Import(Graph *into, const void *data, size_t length) {
  TF_Buffer *buffer = TF_NewBufferFromString(data, length);
  TF_ImportGraphDefOptions *options = TF_NewImportGraphDefOptions();
  TF_GraphImportGraphDef(into->graph, buffer, options, into->status);
  TF_DeleteImportGraphDefOptions(options);
  TF_DeleteBuffer(buffer);
}

template <typename Element>
int CountOf(const std::vector<Element> &elements) {
  return static_cast<int>(elements.size());
}

void Define(TFE_Context *context, Graph *from, const std::string &name, const std::vector<std::string> &inputs,
            const std::vector<std::string> &outputs, const std::vector<std::string> &controls) {
  std::vector<TF_Output> ins, outs;
  std::vector<const TF_Operation *> runs;
  std::vector<const char *> labels;
  for (const std::string &input : inputs) ins.push_back({from->Find(input), 0});
  for (const std::string &output : outputs) {
    const size_t colon = std::min(output.rfind(':'), output.size());
    const int index = colon < output.size() ? std::atoi(output.c_str() + colon + 1) : 0;
    outs.push_back({from->Find(output.substr(0, colon)), index});
  }
  for (const std::string &control : controls) {
    runs.push_back(from->Find(control));
    labels.push_back(control.c_str());
  }
  if (!from->ok()) return;
  TF_Function *function = TF_GraphToFunctionWithControlOutputs(
      from->graph, name.c_str(), 0, -1, nullptr, CountOf(ins), ins.data(), CountOf(outs), outs.data(), nullptr,
      CountOf(runs), runs.data(), labels.data(), nullptr, nullptr, from->status);
  if (!from->ok()) return;
  TFE_ContextAddFunction(context, function, from->status);
  TF_DeleteFunction(function);
}

napi_value DefineFunction(napi_env env, napi_callback_info info) {
  size_t count = 5;
  napi_value args[5];
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  void *data = nullptr;
  size_t length = 0;
  if (count < 5 || napi_get_typedarray_info(env, args[1], nullptr, &length, &data, nullptr, nullptr) != napi_ok) {
    napi_throw_type_error(env, nullptr, "defineFunction expects a name, a Uint8Array and three lists of names");
    return nullptr;
  }
  Graph graph;
  Import(&graph, data, length);
  if (graph.ok()) {
    Define(ContextOf(env), &graph, Text(env, args[0]), Texts(env, args[2]), Texts(env, args[3]), Texts(env, args[4]));
  }
  if (!graph.ok()) napi_throw_error(env, nullptr, TF_Message(graph.status));
  return nullptr;
}

napi_value RemoveFunction(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value args[1];
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  TF_Status *status = TF_NewStatus();
  TFE_ContextRemoveFunction(ContextOf(env), Text(env, args[0]).c_str(), status);
  if (TF_GetCode(status) != TF_OK) napi_throw_error(env, nullptr, TF_Message(status));
  TF_DeleteStatus(status);
  return nullptr;
}

napi_value SetThreadsOf(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value args[1];
  int32_t threads = 0;
  napi_get_cb_info(env, info, &count, args, nullptr, nullptr);
  if (count < 1 || napi_get_value_int32(env, args[0], &threads) != napi_ok || threads < 1) {
    napi_throw_type_error(env, nullptr, "setThreads expects a whole number above 0");
    return nullptr;
  }
  SetThreads(threads);
  return nullptr;
}

// Names can be given to TensorFlow once in a process.
bool RegisterOperations() {
  static const bool registered = RegisterBatchNorm() && RegisterConv() && RegisterConvPool() &&
                                 RegisterCrossEntropy() && RegisterDescent() && RegisterLstm() && RegisterMaxPool();
  return registered;
}

}  // namespace

NAPI_MODULE_INIT() {
  exports = tfnodejs::InitStock(env, exports);
  napi_value has_operations;
  napi_get_boolean(env, RegisterOperations(), &has_operations);
  napi_property_descriptor added[] = {
      {"defineFunction", nullptr, DefineFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, RemoveFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"setThreads", nullptr, SetThreadsOf, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"hasOperations", nullptr, nullptr, nullptr, nullptr, has_operations, napi_default, nullptr},
  };
  napi_define_properties(env, exports, sizeof added / sizeof *added, added);
  return exports;
}
