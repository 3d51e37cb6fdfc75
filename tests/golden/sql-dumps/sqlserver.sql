USE [Shop]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Customers](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Tên khách] [nvarchar](100) NULL,
	[Since] [datetime] NULL,
	[Debt] [decimal](18, 2) NULL,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC)
) ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].[Customers] ON 

INSERT [dbo].[Customers] ([Id], [Tên khách], [Since], [Debt]) VALUES (1, N'Nguyễn ''An''', CAST(N'2024-01-15T00:00:00.000' AS DateTime), CAST(12.50 AS Decimal(18, 2)))
INSERT [dbo].[Customers] ([Id], [Tên khách], [Since], [Debt]) VALUES (2, NULL, CAST(0x0000B0FB00C5C100 AS DateTime), NULL)
GO
INSERT [dbo].[Customers] ([Id], [Tên khách], [Since], [Debt]) VALUES (3, N'', NULL, -1.00)
SET IDENTITY_INSERT [dbo].[Customers] OFF
GO
CREATE PROCEDURE [dbo].[Add] AS
INSERT INTO [dbo].[Customers] VALUES (9, 9, 9, 9);
GO
