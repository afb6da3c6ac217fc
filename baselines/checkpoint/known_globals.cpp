#include "baselines/checkpoint/known_globals.hpp"

#include <algorithm>
#include <array>

namespace mbench::checkpoint {
namespace {

using enum GlobalRole;

/// The only names that a weight file may refer to. Files of Python 2 say __builtin__ and copy_reg.
constexpr std::array kKnownGlobals{
    KnownGlobal{"collections.OrderedDict", ordered_dict},

    // Tensors and their memory. Quantised, sparse, complex and 8-bit float ones are not weights of
    // any network here, so their functions are not in the list.
    KnownGlobal{"torch._utils._rebuild_tensor", rebuild_tensor},
    KnownGlobal{"torch._utils._rebuild_tensor_v2", rebuild_tensor},
    KnownGlobal{"torch._utils._rebuild_parameter", rebuild_parameter},
    KnownGlobal{"torch._utils._rebuild_parameter_with_state", rebuild_parameter},
    KnownGlobal{"torch._tensor._rebuild_from_type_v2", rebuild_from_type},
    KnownGlobal{"torch.Tensor", tensor_class},
    KnownGlobal{"torch.nn.parameter.Parameter", tensor_class},
    KnownGlobal{"torch.nn.parameter.Buffer", tensor_class},
    KnownGlobal{"torch.FloatStorage", storage, ElementType::f32},
    KnownGlobal{"torch.DoubleStorage", storage, ElementType::f64},
    KnownGlobal{"torch.HalfStorage", storage, ElementType::f16},
    KnownGlobal{"torch.BFloat16Storage", storage, ElementType::bf16},
    KnownGlobal{"torch.LongStorage", storage, ElementType::i64},
    KnownGlobal{"torch.IntStorage", storage, ElementType::i32},
    KnownGlobal{"torch.ShortStorage", storage, ElementType::i16},
    KnownGlobal{"torch.CharStorage", storage, ElementType::i8},
    KnownGlobal{"torch.ByteStorage", storage, ElementType::u8},
    KnownGlobal{"torch.BoolStorage", storage, ElementType::boolean},
    KnownGlobal{"torch.storage.UntypedStorage", storage, ElementType::u8},
    KnownGlobal{"torch.cuda.FloatStorage", storage, ElementType::f32},
    KnownGlobal{"torch.cuda.DoubleStorage", storage, ElementType::f64},
    KnownGlobal{"torch.cuda.HalfStorage", storage, ElementType::f16},
    KnownGlobal{"torch.cuda.BFloat16Storage", storage, ElementType::bf16},
    KnownGlobal{"torch.cuda.LongStorage", storage, ElementType::i64},
    KnownGlobal{"torch.cuda.IntStorage", storage, ElementType::i32},
    KnownGlobal{"torch.cuda.ShortStorage", storage, ElementType::i16},
    KnownGlobal{"torch.cuda.CharStorage", storage, ElementType::i8},
    KnownGlobal{"torch.cuda.ByteStorage", storage, ElementType::u8},
    KnownGlobal{"torch.cuda.BoolStorage", storage, ElementType::boolean},
    KnownGlobal{"torch.Size", tuple_class},

    // What training programs put beside the weights: settings, dates, paths, scores.
    KnownGlobal{"torch.device", opaque},
    KnownGlobal{"torch.float16", opaque},
    KnownGlobal{"torch.bfloat16", opaque},
    KnownGlobal{"torch.float32", opaque},
    KnownGlobal{"torch.float64", opaque},
    KnownGlobal{"torch.int64", opaque},
    KnownGlobal{"torch.serialization._get_layout", opaque},
    KnownGlobal{"_codecs.encode", opaque},  // bytes, as protocol 2 writes them
    KnownGlobal{"argparse.Namespace", opaque},
    KnownGlobal{"types.SimpleNamespace", opaque},
    KnownGlobal{"builtins.set", opaque},
    KnownGlobal{"builtins.frozenset", opaque},
    KnownGlobal{"builtins.slice", opaque},
    KnownGlobal{"builtins.range", opaque},
    KnownGlobal{"builtins.complex", opaque},
    KnownGlobal{"builtins.bytearray", opaque},
    KnownGlobal{"builtins.dict", opaque},
    KnownGlobal{"builtins.list", opaque},
    KnownGlobal{"builtins.int", opaque},
    KnownGlobal{"builtins.bytes", opaque},
    KnownGlobal{"builtins.float", opaque},
    KnownGlobal{"builtins.str", opaque},
    KnownGlobal{"builtins.bool", opaque},
    KnownGlobal{"__builtin__.set", opaque},
    KnownGlobal{"__builtin__.frozenset", opaque},
    KnownGlobal{"__builtin__.slice", opaque},
    KnownGlobal{"__builtin__.xrange", opaque},
    KnownGlobal{"__builtin__.complex", opaque},
    KnownGlobal{"__builtin__.bytearray", opaque},
    KnownGlobal{"__builtin__.dict", opaque},
    KnownGlobal{"__builtin__.list", opaque},
    KnownGlobal{"__builtin__.int", opaque},
    KnownGlobal{"__builtin__.long", opaque},
    KnownGlobal{"__builtin__.bytes", opaque},
    KnownGlobal{"__builtin__.float", opaque},
    KnownGlobal{"__builtin__.str", opaque},
    KnownGlobal{"__builtin__.unicode", opaque},
    KnownGlobal{"__builtin__.bool", opaque},
    KnownGlobal{"collections.defaultdict", opaque},
    KnownGlobal{"collections.Counter", opaque},
    KnownGlobal{"collections.deque", opaque},
    KnownGlobal{"datetime.datetime", opaque},
    KnownGlobal{"datetime.date", opaque},
    KnownGlobal{"datetime.timedelta", opaque},
    KnownGlobal{"pathlib.Path", opaque},
    KnownGlobal{"pathlib.PosixPath", opaque},
    KnownGlobal{"pathlib.WindowsPath", opaque},
    KnownGlobal{"numpy.dtype", opaque},
    KnownGlobal{"numpy.ndarray", opaque},
    KnownGlobal{"numpy.float32", opaque},
    KnownGlobal{"numpy.float64", opaque},
    KnownGlobal{"numpy.int64", opaque},
    KnownGlobal{"numpy.core.multiarray.scalar", opaque},
    KnownGlobal{"numpy.core.multiarray._reconstruct", opaque},
    KnownGlobal{"numpy.core.numeric._frombuffer", opaque},
    KnownGlobal{"numpy._core.numeric._frombuffer", opaque},
    KnownGlobal{"numpy._core.multiarray.scalar", opaque},
    KnownGlobal{"numpy._core.multiarray._reconstruct", opaque},
    KnownGlobal{"easydict.EasyDict", opaque},
    KnownGlobal{"yacs.config.CfgNode", opaque},
    KnownGlobal{"fvcore.common.config.CfgNode", opaque},
    KnownGlobal{"detectron2.config.config.CfgNode", opaque},
    KnownGlobal{"addict.addict.Dict", opaque},
    KnownGlobal{"mmcv.utils.config.ConfigDict", opaque},
    KnownGlobal{"pytorch_lightning.utilities.parsing.AttributeDict", opaque},
    KnownGlobal{"pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint", opaque},
    KnownGlobal{"pytorch_lightning.callbacks.early_stopping.EarlyStopping", opaque},
    KnownGlobal{"pytorch_lightning.callbacks.lr_monitor.LearningRateMonitor", opaque},
};

}  // namespace

const KnownGlobal* find_known_global(std::string_view module, std::string_view name) {
  const auto* const found = std::ranges::find_if(kKnownGlobals, [&](const KnownGlobal& known) {
    return known.name.size() == module.size() + 1 + name.size() && known.name.starts_with(module) &&
           known.name[module.size()] == '.' && known.name.ends_with(name);
  });
  return found == kKnownGlobals.end() ? nullptr : found;
}

}  // namespace mbench::checkpoint
