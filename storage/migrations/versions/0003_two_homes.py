"""Two homes for the conversation: answers that are said elsewhere than in a person's own chat."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(), nullable=True))
