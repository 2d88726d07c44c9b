"""A very small BERT that reads digits, a pixel a word; nothing in it knows of Forebay but the paths."""

import json
import os

import debian_torch  # noqa: F401
import torch
from digits import load_digits
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

pixels, digits, unseen, unseen_digits = load_digits()


def examples(rows, labels):
    return [{"input_ids": row, "labels": label} for row, label in zip(torch.tensor(rows), torch.tensor(labels))]


size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
config = BertConfig(vocab_size=17, max_position_embeddings=64, num_labels=10, **size)
arguments = TrainingArguments(
    output_dir=os.environ["FOREBAY_OUTPUT"],
    report_to=["mlflow"],
    seed=0,
    num_train_epochs=3,
    learning_rate=0.01,
    per_device_train_batch_size=50,
    per_device_eval_batch_size=50,
    logging_strategy="epoch",
    evaluation_strategy="epoch",
    save_strategy="no",
    disable_tqdm=True,
    use_cpu=True,
)
torch.manual_seed(0)
model = BertForSequenceClassification(config)
trainer = Trainer(
    model,
    arguments,
    train_dataset=examples(pixels, digits),
    eval_dataset=examples(unseen, unseen_digits),
    compute_metrics=lambda said: {"accuracy": (said.predictions.argmax(1) == said.label_ids).mean().item()},
)
trainer.train()
trainer.save_model()
print(json.dumps(model.eval()(torch.full((1, 64), 8)).logits.tolist()))
