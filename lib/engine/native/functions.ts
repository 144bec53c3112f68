/**
 * Graph functions for the addon: what tfjs-node's binding lacks of TensorFlow's
 * eager C interface, in C++, built into the addon as its entry.
 *
 * `defineFunction` turns a GraphDef into a function of the eager context, which
 * `executeOp` then runs by its name like any operation, on the same tensors and
 * resource variables: this is what `tf.function` of TensorFlow's Python does.
 */

/** What our own entry adds to the addon; the stock addon has none of it. */
export interface FunctionBinding {
  /**
   * Makes a graph callable as an operation called `name`.
   *
   * @param graph a serialized GraphDef whose placeholders are the inputs.
   * @param inputs names of the placeholders, in the order of the arguments.
   * @param outputs `node:index` of each result.
   * @param controls names of the nodes that must run although nothing reads them.
   */
  defineFunction(
    name: string,
    graph: Uint8Array,
    inputs: readonly string[],
    outputs: readonly string[],
    controls: readonly string[],
  ): void;
  /** Frees a function; calls to it fail from then on. */
  removeFunction(name: string): void;
  /** Whether TensorFlow has taken the operations of `lstm-cell.ts`. */
  readonly hasLstmCell: boolean;
}

/**
 * Takes the place of tfjs-node-gpu's entry by including it.
 *
 * The context is a private member of tfjs-node's class; an explicit template
 * instantiation may name it, which is the language's own way around.
 */
export const functionsSource: string = `
#include <node_api.h>
#undef NAPI_MODULE
#define NAPI_MODULE(name, init) \\
  static napi_value InitStock(napi_env env, napi_value exports) { return init(env, exports); }
#include "tfjs_binding.cc"

#include <string>
#include <vector>

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
  std::string text(length, '\\0');
  napi_get_value_string_utf8(env, value, &text[0], length + 1, &length);
  return text;
}

std::vector<std::string> Texts(napi_env env, napi_value value) {
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    texts.push_back(Text(env, element));
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

void Define(TFE_Context *context, Graph *from, const std::string &name, const std::vector<std::string> &inputs,
            const std::vector<std::string> &outputs, const std::vector<std::string> &controls) {
  std::vector<TF_Output> ins, outs;
  std::vector<const TF_Operation *> runs;
  std::vector<const char *> labels;
  for (const std::string &input : inputs) ins.push_back({from->Find(input), 0});
  for (const std::string &output : outputs) {
    const size_t colon = output.rfind(':');
    outs.push_back({from->Find(output.substr(0, colon)), std::stoi(output.substr(colon + 1))});
  }
  for (const std::string &control : controls) {
    runs.push_back(from->Find(control));
    labels.push_back(control.c_str());
  }
  if (!from->ok()) return;
  TF_Function *function = TF_GraphToFunctionWithControlOutputs(
      from->graph, name.c_str(), 0, -1, nullptr, ins.size(), ins.data(), outs.size(), outs.data(), nullptr,
      runs.size(), runs.data(), labels.data(), nullptr, nullptr, from->status);
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

}  // namespace

bool RegisterLstmCell();  // lstm-cell.ts

NAPI_MODULE_INIT() {
  exports = tfnodejs::InitStock(env, exports);
  napi_value has_lstm_cell;
  napi_get_boolean(env, RegisterLstmCell(), &has_lstm_cell);
  napi_property_descriptor added[] = {
      {"defineFunction", nullptr, DefineFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, RemoveFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"hasLstmCell", nullptr, nullptr, nullptr, nullptr, has_lstm_cell, napi_default, nullptr},
  };
  napi_define_properties(env, exports, 3, added);
  return exports;
}
`;
